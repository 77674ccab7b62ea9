import { createClient } from "@okno/sdk";
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
  // Signing in answers 401 for a wrong password: that is no lost session.
  const signingIn = init?.method === "POST" && String(input).endsWith("/v1/session");
  const changingPassword = String(input).endsWith("/v1/me/password");
  if (res.status === 401 && !signingIn && !changingPassword) reportSessionLost();
  return res;
}

/** The one client of the API, on the page's own origin with the session's cookie. */
export const api = createClient({ baseUrl: "", fetch: watchedFetch });
