import { OknoError } from "@okno/sdk";
import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { readProjectSearch } from "../features/settings/project-search.ts";
import { queryClient } from "../shared/api/query-client.ts";
import { readWithout } from "../shared/offline/reading.ts";
import { meQuery } from "../shared/session/session.ts";
import { readFilters } from "../shared/tickets/filters.ts";
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
      // No server to ask: what was read last can be read on.
      const away = !(error instanceof OknoError) || error.status >= 502;
      if (away && (await readWithout()) && queryClient.getQueryData(meQuery.queryKey)) return;
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
    typeof search.next === "string" ? { next: search.next } : {},
  component: lazyRouteComponent(() => import("../features/sign-in/sign-in.tsx"), "SignIn"),
});

const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/welcome",
  component: lazyRouteComponent(() => import("../features/welcome/welcome.tsx"), "Welcome"),
});

const contactsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/contacts",
  validateSearch: (search: Record<string, unknown>): { q?: string } =>
    typeof search.q === "string" || typeof search.q === "number" ? { q: String(search.q) } : {},
  component: lazyRouteComponent(() => import("../features/contact/contacts-page.tsx"), "ContactsPage"),
});
const contactRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/contacts/$contact",
  component: lazyRouteComponent(() => import("../features/contact/contact-page.tsx"), "ContactPage"),
});

/** The search, with the ticket in hand beside what was found. */
const searchRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/search",
  validateSearch: ({ q }: Record<string, unknown>): { q?: string } =>
    typeof q === "string" || typeof q === "number" ? { q: String(q) } : {},
  component: lazyRouteComponent(() => import("./search-desk.tsx"), "SearchDesk"),
});
const searchTicketRoute = createRoute({ getParentRoute: () => searchRoute, path: "/$ticket" });

const unansweredReportRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/reports/unanswered",
  component: lazyRouteComponent(() => import("../features/reports/unanswered-page.tsx"), "UnansweredPage"),
});

/** The sections that kinds bring, each with an address of its own: `/payouts`. */
const kindRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/$section/$",
  component: lazyRouteComponent(() => import("./kind-section.tsx"), "KindSection"),
});
const kindHomeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/$section",
  component: lazyRouteComponent(() => import("./kind-section.tsx"), "KindSection"),
});

const settingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings/settings.tsx"), "Settings"),
});

/** `/settings` itself: the list of pages on a phone, the first page where there is room for both. */
const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  component: lazyRouteComponent(() => import("../features/settings/profile.tsx"), "Profile"),
});
const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/profile",
  component: lazyRouteComponent(() => import("../features/settings/profile.tsx"), "Profile"),
});
const sessionsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/sessions",
  component: lazyRouteComponent(() => import("../features/settings/sessions.tsx"), "Sessions"),
});
const notificationsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/notifications",
  component: lazyRouteComponent(() => import("./notification-settings.tsx"), "NotificationSettings"),
});
const membersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/members",
  component: lazyRouteComponent(() => import("../features/settings/members.tsx"), "Members"),
});
const keysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/keys",
  component: lazyRouteComponent(() => import("../features/settings/keys.tsx"), "Keys"),
});
const webhooksRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/webhooks",
  component: lazyRouteComponent(() => import("../features/settings/webhooks.tsx"), "Webhooks"),
});
const webhookRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/webhooks/$webhook",
  component: lazyRouteComponent(() => import("../features/settings/webhook.tsx"), "WebhookPage"),
});
const projectsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/projects",
  component: lazyRouteComponent(() => import("../features/settings/projects.tsx"), "Projects"),
});
const teamsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/teams",
  validateSearch: readProjectSearch,
  component: lazyRouteComponent(() => import("../features/settings/teams.tsx"), "Teams"),
});
const topicsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/topics",
  validateSearch: readProjectSearch,
  component: lazyRouteComponent(() => import("../features/settings/topics.tsx"), "Topics"),
});
const labelsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/labels",
  validateSearch: readProjectSearch,
  component: lazyRouteComponent(() => import("../features/settings/labels.tsx"), "Labels"),
});
const contactFieldsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/contact-fields",
  validateSearch: readProjectSearch,
  component: lazyRouteComponent(() => import("../features/settings/contact-fields.tsx"), "ContactFields"),
});
const channelsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/channels",
  validateSearch: readProjectSearch,
  component: lazyRouteComponent(() => import("../features/settings/channels.tsx"), "Channels"),
});
const channelRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/channels/$channel",
  component: lazyRouteComponent(() => import("../features/settings/channel.tsx"), "ChannelPage"),
});
const settingsPages = [
  settingsIndexRoute,
  profileRoute,
  sessionsRoute,
  notificationsRoute,
  membersRoute,
  keysRoute,
  webhooksRoute,
  webhookRoute,
  projectsRoute,
  teamsRoute,
  topicsRoute,
  labelsRoute,
  contactFieldsRoute,
  channelsRoute,
  channelRoute,
] as const;

export const routeTree = rootRoute.addChildren([
  signInRoute,
  welcomeRoute,
  signedInRoute.addChildren([
    homeRoute,
    ticketLinkRoute,
    listRoute.addChildren([ticketRoute]),
    contactsRoute,
    contactRoute,
    searchRoute.addChildren([searchTicketRoute]),
    unansweredReportRoute,
    settingsRoute.addChildren(settingsPages),
    kindHomeRoute,
    kindRoute,
  ]),
]);
