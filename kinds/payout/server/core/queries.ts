import { type Queryable, statement } from "@okno/kit";
import { type PayoutRow, payoutColumns } from "./row.ts";

const find = statement(
  "payouts.find",
  `select ${payoutColumns} from payouts p where p.workspace_id = $1 and p.id = $2`,
);
const findByReference = statement(
  "payouts.find_by_reference",
  `select ${payoutColumns} from payouts p where p.workspace_id = $1 and p.reference = $2 and p.desk_id = $3`,
);

export async function findPayout(
  db: Queryable,
  workspaceId: string,
  id: string,
): Promise<PayoutRow | undefined> {
  const [row] = await db.query<PayoutRow>(find, [workspaceId, id]);
  return row;
}

/** By the identifier of the compatible interface, within one desk: another desk's payout is not found. */
export async function findPayoutByReference(
  db: Queryable,
  { workspaceId, deskId }: { workspaceId: string; deskId: string },
  reference: string,
): Promise<PayoutRow | undefined> {
  const [row] = await db.query<PayoutRow>(findByReference, [workspaceId, reference, deskId]);
  return row;
}
