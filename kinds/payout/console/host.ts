import type { KindHost } from "@okno/kit";

/** What the console lends. Set before any other module of this half is loaded, so that each may use it from its first line. */
export let host: KindHost;

export function takeHost(lent: KindHost): void {
  host = lent;
}
