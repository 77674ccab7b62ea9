import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { OknoError } from "@okno/sdk";
import { readFilters } from "../shared/tickets/filters.ts";
import { queryClient } from "../shared/api/query-client.ts";
import { meQuery } from "../shared/session/session.ts";
import { Desk } from "./desk.tsx";
import { SignedIn } from "./signed-in.tsx";

const rootRoute = createRootRoute({ component: Outlet });

/** Everything behind the sign-in: the person is known, the live stream runs. */
const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "signed-in",
  component: SignedIn,
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (error instanceof OknoError && error.status === 401)
        throw redirect({ to: "/sign-in", search: { next: location.href } });
      throw error;
    }
  },
});

const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox/$view", params: { view: "mine" } });
  },
});

/** The desk: rail, list and the ticket in hand. `ticket` hangs under `list`, so that the list stays where it is. */
const listRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/inbox/$view",
  validateSearch: readFilters,
  component: Desk,
});

const ticketRoute = createRoute({ getParentRoute: () => listRoute, path: "/$ticket" });

/** The short address of a ticket, for links in messages and mail. */
const ticketLinkRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/tickets/$ticket",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/inbox/$view/$ticket", params: { view: "all", ticket: params.ticket } });
  },
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search["next"] === "string" ? { next: search["next"] } : {},
  component: lazyRouteComponent(() => import("../features/sign-in/sign-in.tsx"), "SignIn"),
});

const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/welcome",
  component: lazyRouteComponent(() => import("../features/welcome/welcome.tsx"), "Welcome"),
});

export const routeTree = rootRoute.addChildren([
  signInRoute,
  welcomeRoute,
  signedInRoute.addChildren([homeRoute, ticketLinkRoute, listRoute.addChildren([ticketRoute])]),
]);
