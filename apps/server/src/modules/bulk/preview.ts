import type { BulkAction, BulkInput, BulkPreview } from "@okno/contract";
import { runFlow } from "@okno/kit";
import type { Queryable } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { ticketScope } from "../tickets/index.ts";
import { type BulkDeps, matching } from "./deps.ts";
import { type Standing, standings } from "./queries.ts";

/** What the flow calls the action. */
function moveOf(input: BulkAction): string {
  return input.action === "postpone" && "untilReply" in input.body ? "await_reply" : input.action;
}

/** What a bulk would do: how many tickets, how many of them somebody else's, how many whose state stands against it. */
export async function previewBulk(
  deps: BulkDeps,
  db: Queryable,
  principal: Principal,
  input: BulkInput,
): Promise<BulkPreview> {
  const { ids, capped } = await matching(deps, db, principal, input.match);
  const { workspaceId, projectIds } = ticketScope(principal);
  const rows = await db.query<Standing>(standings, [workspaceId, projectIds, ids, principal.id]);
  const allowed = ({ kind, state, merged }: Standing) =>
    !merged && runFlow(deps.flowOf(kind), state, moveOf(input), { assignee: null, actor: principal.id }).ok;
  const count = (keep: (row: Standing) => boolean) => rows.filter(keep).reduce((sum, { n }) => sum + n, 0);
  return {
    total: count(() => true),
    capped,
    others: count(({ others }) => others),
    skipped: count((row) => !allowed(row)),
  };
}
