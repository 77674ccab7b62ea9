import type { ConfirmationPort, ConfirmationStatus, FoundDemand } from "@okno/kit";
import { statement } from "../../platform/database.ts";

const findLatest = statement(
  "confirmations.find_latest_for",
  `select c.id, c.status, c.needed, c.expires_at, c.reason, (
     select coalesce(json_agg(json_build_array(e.actor_kind, e.actor_id, e.at) order by e.seq), '[]') from confirmation_evidence e
     where e.workspace_id = $1 and e.confirmation_id = c.id and e.kind = 'answered' and e.body::json -> 'facts' ->> 'answer' = 'confirm'
   ) as confirmed_by
   from confirmations c where c.workspace_id = $1 and c.ticket_id = $2 and c.purpose = $3 and c.method = $4 order by c.id desc limit 1`,
);

type Row = {
  id: string;
  status: ConfirmationStatus;
  needed: number;
  expires_at: Date | null;
  reason: string | null;
  confirmed_by: [FoundDemand["confirmedBy"][number]["actor"]["kind"], string | null, string][];
};

/** The latest demand of a ticket for a purpose by a method, and who has said yes. */
export const findDemand: ConfirmationPort["find"] = async (
  db,
  { workspaceId, ticketId, purpose, method },
) => {
  const [row] = await db.query<Row>(findLatest, [workspaceId, ticketId, purpose, method]);
  if (!row) return undefined;
  const { id, status, needed, reason } = row;
  const confirmedBy = row.confirmed_by.map(([kind, actor, at]) => ({
    actor: { kind, id: actor },
    at: new Date(at),
  }));
  return { id, status, needed, reason, expiresAt: row.expires_at, confirmedBy };
};
