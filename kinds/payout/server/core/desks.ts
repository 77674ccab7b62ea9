import { createHash, randomBytes, randomInt } from "node:crypto";
import { toPublicId } from "@okno/contract";
import { type Actor, type KindPorts, type Queryable, statement, type Transaction } from "@okno/kit";
import { openLedgerAccounts } from "./ledger.ts";

/** A merchant's desk: funds, credentials, what it may pay by. */
export type Desk = {
  id: string;
  workspace_id: string;
  project_id: string;
  name: string;
  mode: "sandbox" | "live";
  login: string;
  number: number;
  secret_digest: Buffer;
  salt: Buffer;
  former_salt: Buffer | null;
  former_salt_until: Date | null;
  maker_checker: boolean;
  ask_before_url: string | null;
  /** Signs the question to the merchant; sealed. */
  ask_secret: Buffer | null;
  /** An approval needs a one-time code. */
  step_up: boolean;
  has_rules: boolean;
  has_limits: boolean;
  watch_same_destination: number | null;
  watch_unusual_times: number | null;
  default_callback_url: string | null;
  version: number;
  created_at: Date;
  disabled_at: Date | null;
};

/** What one desk may pay by: sums in minor units of the method, the percentage as the text of an exact decimal. */
export type DeskMethod = {
  desk_id: string;
  method: string;
  enabled: boolean;
  percent: string;
  fixed: string;
  smallest: string;
  largest: string;
  processor: string;
  version: number;
};

export const deskColumns = `d.id, d.workspace_id, d.project_id, d.name, d.mode, d.login, d.number, d.secret_digest, d.salt, d.former_salt,
  d.former_salt_until, d.maker_checker, d.ask_before_url, d.ask_secret, d.step_up, d.has_rules,
  d.has_limits, d.watch_same_destination, d.watch_unusual_times, d.default_callback_url, d.version, d.created_at, d.disabled_at`;

// With live money five payouts to one destination a day, and ten times the usual amount, are looked at by a person.
const insertDesk = statement(
  "payouts.insert_desk",
  `insert into payout_desks as d (workspace_id, id, project_id, name, mode, login, number, secret_digest, salt, maker_checker, created_at,
     default_callback_url, watch_same_destination, watch_unusual_times)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, case $5 when 'live' then 5 end, case $5 when 'live' then 10 end)
   returning ${deskColumns}`,
);
const insertLogin = statement(
  "payouts.insert_desk_login",
  "insert into payout_desk_logins (login, number, workspace_id, desk_id) values ($1, $2, $3, $4)",
);
const insertMethods = statement(
  "payouts.insert_methods",
  `insert into payout_methods (workspace_id, desk_id, method, percent, fixed, smallest, largest, processor)
   select $1, $2, r.method, r.percent, r.fixed, r.smallest, r.largest, r.processor
   from json_to_recordset($3::json) as r (method text, percent text, fixed numeric, smallest numeric, largest numeric, processor text)`,
);
const findDesk = statement(
  "payouts.find_desk",
  `select ${deskColumns} from payout_desks d where d.workspace_id = $1 and d.id = $2`,
);
const findDeskOfPayout = statement(
  "payouts.find_desk_of_payout",
  `select ${deskColumns} from payouts p join payout_desks d on d.workspace_id = $1 and d.id = p.desk_id
   where p.workspace_id = $1 and p.id = $2`,
);
const findLogin = statement(
  "payouts.find_desk_login",
  "select workspace_id, desk_id from payout_desk_logins where login = $1",
);
const listMethods = statement(
  "payouts.list_methods",
  `select desk_id, method, enabled, percent, fixed::text as fixed, smallest::text as smallest, largest::text as largest, processor, version
   from payout_methods where workspace_id = $1 and desk_id = $2 order by method`,
);

/** What binds a desk's sealed salt to it. */
export const saltContext = (deskId: string) => `payout desk ${deskId} salt`;

/** How a desk's secret is stored: it has full entropy, a plain digest is enough. */
export const secretDigest = (secret: string) => createHash("sha256").update(secret).digest();

export type DeskCredentials = { login: string; secret: string; salt: string };

/** Secrets nobody can guess, of letters and digits alone: they travel in forms and scripts. */
export function newCredential(): string {
  return randomBytes(30).toString("base64url").replaceAll("-", "a").replaceAll("_", "b");
}

function newCredentials(): DeskCredentials & { number: number } {
  const number = randomInt(100_000_000, 1_000_000_000);
  return { number, login: `desk${number}`, secret: newCredential(), salt: newCredential() };
}

export type NewDesk = {
  projectId: string;
  name: string;
  mode: "sandbox" | "live";
  /** Absent: off for sandbox desks, on for live ones. */
  makerChecker?: boolean;
  defaultCallbackUrl?: string | null;
  methods: readonly Omit<DeskMethod, "desk_id" | "enabled" | "version">[];
  /** Only for the demo, whose documentation names them; made here if absent. */
  credentials?: DeskCredentials & { number: number };
};

/** Adds a desk with its methods and accounts. The credentials are answered this once. */
export async function createDesk(
  ports: KindPorts,
  tx: Transaction,
  { projectId, name, mode, makerChecker = mode === "live", methods, ...given }: NewDesk,
  actor: Actor & { kind: "member" | "key" | "system" },
): Promise<{ desk: Desk; credentials: DeskCredentials }> {
  const id = ports.newId();
  const { number, ...credentials } = given.credentials ?? newCredentials();
  const [desk] = await tx.query<Desk>(insertDesk, [
    tx.workspaceId,
    id,
    projectId,
    name,
    mode,
    credentials.login,
    number,
    secretDigest(credentials.secret),
    ports.sealer.seal(credentials.salt, saltContext(id)),
    makerChecker,
    ports.clock.now(),
    given.defaultCallbackUrl ?? null,
  ]);
  if (!desk) throw new Error("the desk was not inserted");
  await Promise.all([
    tx.query(insertLogin, [credentials.login, number, tx.workspaceId, id]),
    tx.query(insertMethods, [tx.workspaceId, id, JSON.stringify(methods)]),
    openLedgerAccounts(
      tx,
      tx.workspaceId,
      id,
      methods.map(({ method }) => method),
    ),
  ]);
  await ports.tell(tx, {
    type: "payout_desk.added",
    projectId,
    actor,
    data: { desk: toPublicId("desk", id), mode },
  });
  return { desk, credentials };
}

export async function deskById(db: Queryable, workspaceId: string, id: string): Promise<Desk | undefined> {
  const [desk] = await db.query<Desk>(findDesk, [workspaceId, id]);
  return desk;
}

/** Which desk a login stands for: looked up before the workspace is known. */
export async function deskByLogin(ports: KindPorts, login: string): Promise<Desk | undefined> {
  const [place] = await ports.db.system.query<{ workspace_id: string; desk_id: string }>(findLogin, [login]);
  return place && deskById(ports.db.in(place.workspace_id), place.workspace_id, place.desk_id);
}

export async function deskOfPayout(
  db: Queryable,
  workspaceId: string,
  payoutId: string,
): Promise<Desk | undefined> {
  const [desk] = await db.query<Desk>(findDeskOfPayout, [workspaceId, payoutId]);
  return desk;
}

export function listDeskMethods(db: Queryable, workspaceId: string, deskId: string): Promise<DeskMethod[]> {
  return db.query<DeskMethod>(listMethods, [workspaceId, deskId]);
}

/** Salts that verify now: the current one first, the former one while its time lasts. */
export function saltsOf(ports: KindPorts, desk: Desk): string[] {
  const now = ports.clock.now();
  const former = desk.former_salt_until && desk.former_salt_until > now ? desk.former_salt : null;
  return [desk.salt, ...(former ? [former] : [])].map((salt) =>
    ports.sealer.open(salt, saltContext(desk.id)),
  );
}
