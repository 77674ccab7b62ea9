import type { Clock } from "../../platform/clock.ts";
import type { Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import type { Catalogs } from "../settings/index.ts";
import { type FlowOf, lockTicket, type Numbers, type TicketRow, ticketScope } from "../tickets/index.ts";

export type MergingDeps = {
  clock: Clock;
  flowOf: FlowOf;
  catalogs: Catalogs;
  numbers: Numbers;
  poke(): void;
};

/** Two tickets of the caller's, locked in the order of their ids, so that nobody waits for another in a circle. */
export async function lockBoth(
  tx: Transaction,
  principal: Principal,
  ids: readonly [string, string],
): Promise<[TicketRow | undefined, TicketRow | undefined]> {
  const found = new Map<string, TicketRow | undefined>();
  for (const id of [...ids].sort()) found.set(id, await lockTicket(tx, ticketScope(principal), id));
  return [found.get(ids[0]), found.get(ids[1])];
}
