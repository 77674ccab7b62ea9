import { type Queryable, statement } from "@okno/kit";
import { type Desk, type DeskMethod, deskColumns } from "../core/desks.ts";

// One step for each project the caller sees, each along its index.
const list = statement(
  "payouts.list_desks",
  `select found.* from unnest($2::uuid[]) as project (id)
   cross join lateral (
     select ${deskColumns} from payout_desks d
     where d.workspace_id = $1 and d.project_id = project.id and d.id < $3 order by d.id desc limit $4
   ) found
   order by found.id desc limit $4`,
);
const update = statement(
  "payouts.update_desk",
  `update payout_desks d set name = coalesce($3, d.name), maker_checker = coalesce($4, d.maker_checker),
     default_callback_url = case when $5 then $6 else d.default_callback_url end,
     disabled_at = case $7::boolean when true then coalesce(d.disabled_at, $8) when false then null else d.disabled_at end,
     version = d.version + 1
   where d.workspace_id = $1 and d.id = $2 and ($9::integer is null or d.version = $9) returning ${deskColumns}`,
);
const setSecret = statement(
  "payouts.set_desk_secret",
  "update payout_desks set secret_digest = $3, version = version + 1 where workspace_id = $1 and id = $2",
);
const setSalt = statement(
  "payouts.set_desk_salt",
  `update payout_desks set former_salt = salt, former_salt_until = $4, salt = $3, version = version + 1
   where workspace_id = $1 and id = $2`,
);
const updateMethodRow = statement(
  "payouts.update_method",
  `update payout_methods m set enabled = coalesce($4, m.enabled), percent = coalesce($5, m.percent), fixed = coalesce($6::numeric, m.fixed),
     smallest = coalesce($7::numeric, m.smallest), largest = coalesce($8::numeric, m.largest), processor = coalesce($9, m.processor),
     version = m.version + 1
   where m.workspace_id = $1 and m.desk_id = $2 and m.method = $3 and ($10::integer is null or m.version = $10)
   returning m.desk_id, m.method, m.enabled, m.percent, m.fixed::text as fixed, m.smallest::text as smallest, m.largest::text as largest,
     m.processor, m.version`,
);

/** After the last of all ids: a list without a cursor begins there. */
export const afterAll = "ffffffff-ffff-ffff-ffff-ffffffffffff";

export function listDesks(
  db: Queryable,
  workspaceId: string,
  { projectIds, before, limit }: { projectIds: string[]; before: string; limit: number },
): Promise<Desk[]> {
  return db.query<Desk>(list, [workspaceId, projectIds, before, limit]);
}

export type DeskChange = {
  name?: string | undefined;
  makerChecker?: boolean | undefined;
  defaultCallbackUrl?: string | null | undefined;
  disabled?: boolean | undefined;
};

/** Undefined where it has another version by now. */
export async function updateDesk(
  db: Queryable,
  { workspace_id, id }: Desk,
  change: DeskChange,
  { version, now }: { version: number | undefined; now: Date },
): Promise<Desk | undefined> {
  const { name, makerChecker, defaultCallbackUrl: url, disabled } = change;
  const values = [name, makerChecker, url !== undefined, url, disabled, now, version];
  const [row] = await db.query<Desk>(update, [workspace_id, id, ...values.map((value) => value ?? null)]);
  return row;
}

export async function replaceSecret(
  db: Queryable,
  { workspace_id, id }: Desk,
  digest: Buffer,
): Promise<void> {
  await db.query(setSecret, [workspace_id, id, digest]);
}

export async function replaceSalt(
  db: Queryable,
  { workspace_id, id }: Desk,
  sealed: Buffer,
  formerUntil: Date,
): Promise<void> {
  await db.query(setSalt, [workspace_id, id, sealed, formerUntil]);
}

export type MethodChange = {
  enabled?: boolean | undefined;
  percent?: string | undefined;
  fixed?: bigint | undefined;
  smallest?: bigint | undefined;
  largest?: bigint | undefined;
  processor?: string | undefined;
};

/** Undefined where it has another version by now. */
export async function updateMethod(
  db: Queryable,
  { workspace_id, id }: Desk,
  method: string,
  change: MethodChange,
  version: number | undefined,
): Promise<DeskMethod | undefined> {
  const { enabled, percent, fixed, smallest, largest, processor } = change;
  const minor = (sum: bigint | undefined) => (sum === undefined ? null : String(sum));
  const [row] = await db.query<DeskMethod>(updateMethodRow, [
    workspace_id,
    id,
    method,
    enabled ?? null,
    percent ?? null,
    minor(fixed),
    minor(smallest),
    minor(largest),
    processor ?? null,
    version ?? null,
  ]);
  return row;
}
