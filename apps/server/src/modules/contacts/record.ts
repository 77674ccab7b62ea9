import type { EventType } from "@okno/contract";
import type { Clock } from "../../platform/clock.ts";
import type { Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { appendWorkspaceEvent } from "../journal/index.ts";

export type ContactDeps = { clock: Clock; poke(): void };

/** Writes what happened to a contact or a field. `data` are ids and facts: no name, no address. */
export async function recordContact(
  { clock, poke }: ContactDeps,
  tx: Transaction,
  principal: Principal,
  event: { type: EventType; projectId: string; data: Record<string, unknown> },
): Promise<void> {
  await appendWorkspaceEvent(tx, {
    id: newId(clock),
    actor: { kind: principal.kind, id: principal.id },
    at: clock.now(),
    ...event,
  });
  tx.afterCommit(poke);
}
