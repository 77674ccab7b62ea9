import type { Route } from "@okno/contract";
import { callRoute, createClient } from "@okno/sdk";
import { afterPaint } from "./after-paint.ts";

const sessionLost = new Set<() => void>();

/** Calls back whenever the server answers that nobody is signed in. */
export function onSessionLost(listener: () => void): () => void {
  sessionLost.add(listener);
  return () => sessionLost.delete(listener);
}

/** Says that the session is over; also called by the live stream. */
export function reportSessionLost(): void {
  for (const listener of sessionLost) listener();
}

async function watchedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  // What must outlive the page is sent at once.
  if (!init?.keepalive) await afterPaint();
  const res = await fetch(input, init);
  // Where a password is asked for, 401 may mean that it is wrong: that is no lost session.
  const asksPassword =
    init?.method === "POST" && /\/v1\/(?:session|me\/password|me\/step-up)$/u.test(String(input));
  if (res.status === 401 && !asksPassword) reportSessionLost();
  return res;
}

const onPage = { baseUrl: "", fetch: watchedFetch };

/** The one client of the API, on the page's own origin with the session's cookie. */
export const api = createClient(onPage);

/** Calls a route that is not the core's: of a kind or a channel. */
export const callOnPage = <R extends Route>(route: R, input: Parameters<typeof callRoute<R>>[2]) =>
  callRoute(onPage, route, input);
