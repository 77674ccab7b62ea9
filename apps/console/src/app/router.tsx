import { createRouter } from "@tanstack/react-router";
import { onSessionLost } from "../shared/api/client.ts";
import { queryClient } from "../shared/api/query-client.ts";
import { forgetRead } from "../shared/offline/kept.ts";
import { meQuery, onSessionChangedElsewhere } from "../shared/session/session.ts";
import { routeTree } from "./routes.tsx";
import { CrashScreen, MissingScreen, WaitScreen } from "./screens.tsx";

export const router = createRouter({
  routeTree,
  defaultPreload: false,
  defaultPendingMs: 150,
  defaultPendingComponent: WaitScreen,
  defaultErrorComponent: CrashScreen,
  defaultNotFoundComponent: MissingScreen,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

const openPlaces = ["/sign-in", "/welcome"];

/** To the sign-in page, keeping the place to come back to. */
function toSignIn(): void {
  const { pathname, href } = router.state.location;
  if (openPlaces.some((place) => pathname.startsWith(place))) return;
  void router.navigate({ to: "/sign-in", search: { next: href }, replace: true });
}

onSessionLost(() => {
  void forgetRead();
  queryClient.removeQueries({ queryKey: meQuery.queryKey });
  toSignIn();
});

onSessionChangedElsewhere((what) => {
  // Another person may have signed in: nothing of the former one may stay on the screen.
  if (what === "signed-in") return window.location.reload();
  void forgetRead();
  queryClient.clear();
  toSignIn();
});
