import { type Queryable, type Statement, statement } from "@okno/kit";
import { type PayoutRow, type PayoutStatus, payoutColumns } from "../core/row.ts";

// One step for each desk the caller sees, each along an index that ends in the id; then the newest of them all.
const listed = (name: string, condition: string): Statement =>
  statement(
    `payouts.list${name}`,
    `with desks as materialized (
       select d.id from unnest($2::uuid[]) as project (id)
       join payout_desks d on d.workspace_id = $1 and d.project_id = project.id and ($3::uuid is null or d.id = $3)
     )
     select found.* from desks cross join lateral (
       select ${payoutColumns} from payouts p
       where p.workspace_id = $1 and p.desk_id = desks.id and p.id < $4 and p.id >= $6${condition} order by p.id desc limit $5
     ) found
     order by found.id desc limit $5`,
  );

const all = listed("", "");
const byStatus = listed("_by_status", " and p.status = $7");
const byMethod = listed("_by_method", " and p.method = $7");
const byBoth = listed("_by_status_and_method", " and p.status = $7 and p.method = $8");

export type PayoutFilter = {
  projectIds: string[];
  deskId: string | null;
  status: PayoutStatus | undefined;
  method: string | undefined;
  /** Ids begin with their time: a period is a range of them. */
  from: string;
  before: string;
  limit: number;
};

/** Newest first. */
export function listPayouts(
  db: Queryable,
  workspaceId: string,
  { projectIds, deskId, status, method, from, before, limit }: PayoutFilter,
): Promise<PayoutRow[]> {
  const conditions = [status, method].filter((each) => each !== undefined);
  const chosen =
    status === undefined ? (method === undefined ? all : byMethod) : method === undefined ? byStatus : byBoth;
  return db.query<PayoutRow>(chosen, [workspaceId, projectIds, deskId, before, limit, from, ...conditions]);
}
