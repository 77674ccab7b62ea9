import { toPublicId } from "@okno/contract";
import type { Actor, KindPorts, Principal, Transaction } from "@okno/kit";
import type { Desk } from "../core/desks.ts";

/** Who acts, as the journal says it. */
export const actorOf = ({ kind, id }: Principal): Actor & { kind: "member" | "key" } => ({ kind, id });

/** That a desk was changed: what, never to which secret. */
export function tellDesk(
  ports: Pick<KindPorts, "tell">,
  tx: Transaction,
  principal: Principal,
  desk: Desk,
  data: Record<string, unknown>,
  type: "payout_desk.changed" | "payout_desk.funded" = "payout_desk.changed",
): Promise<void> {
  return ports.tell(tx, {
    type,
    projectId: desk.project_id,
    actor: actorOf(principal),
    data: { desk: toPublicId("desk", desk.id), ...data },
  });
}
