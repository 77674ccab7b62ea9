import { randomBytes } from "node:crypto";
import { type KindPorts, type Queryable, statement, type Transaction } from "@okno/kit";
import { mintWebhookSecret } from "@okno/signing";

/** An outside provider of one desk. Never changed in place: another address is another provider. */
export type Provider = {
  id: string;
  workspace_id: string;
  desk_id: string;
  key: string;
  url: string;
  status_url: string;
  secret: Buffer;
  created_at: Date;
  disabled_at: Date | null;
};

const columns =
  "d.id, d.workspace_id, d.desk_id, d.key, d.url, d.status_url, d.secret, d.created_at, d.disabled_at";

const find = statement(
  "payouts.find_provider",
  `select ${columns} from payout_providers d where d.workspace_id = $1 and d.id = $2`,
);
const findCurrent = statement(
  "payouts.find_current_provider",
  `select ${columns} from payout_providers d where d.workspace_id = $1 and d.desk_id = $2 and d.disabled_at is null`,
);
const findKey = statement(
  "payouts.find_provider_key",
  "select workspace_id, provider_id from payout_provider_keys where key = $1",
);
const disable = statement(
  "payouts.disable_provider",
  `update payout_providers set disabled_at = $3 where workspace_id = $1 and desk_id = $2 and disabled_at is null returning id`,
);
const insert = statement(
  "payouts.insert_provider",
  `insert into payout_providers as d (workspace_id, id, desk_id, key, url, status_url, secret, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${columns}`,
);
const insertKey = statement(
  "payouts.insert_provider_key",
  "insert into payout_provider_keys (key, workspace_id, provider_id) values ($1, $2, $3)",
);
// What people carried out goes by the provider from now on, and back; what is created already keeps its own.
const route = statement(
  "payouts.route_methods",
  `update payout_methods set processor = $3, version = version + 1
   where workspace_id = $1 and desk_id = $2 and processor = $4`,
);

const secretContext = (providerId: string) => `payout provider ${providerId} secret`;

export function secretOf({ sealer }: Pick<KindPorts, "sealer">, { id, secret }: Provider): string {
  return sealer.open(secret, secretContext(id));
}

export async function providerById(
  db: Queryable,
  workspaceId: string,
  id: string,
): Promise<Provider | undefined> {
  const [provider] = await db.query<Provider>(find, [workspaceId, id]);
  return provider;
}

/** The one that a desk's payouts are sent to now. */
export async function providerOfDesk(
  db: Queryable,
  workspaceId: string,
  deskId: string,
): Promise<Provider | undefined> {
  const [provider] = await db.query<Provider>(findCurrent, [workspaceId, deskId]);
  return provider;
}

/** Whose call-backs come to this key: also those of one that was replaced, for what was sent to it. */
export async function providerByKey(
  { db }: Pick<KindPorts, "db">,
  key: string,
): Promise<Provider | undefined> {
  const [place] = await db.system.query<{ workspace_id: string; provider_id: string }>(findKey, [key]);
  return place && providerById(db.in(place.workspace_id), place.workspace_id, place.provider_id);
}

/** From now on the desk's payouts are sent there. @returns the provider and its secret, which is shown this once. */
export async function setProvider(
  ports: KindPorts,
  tx: Transaction,
  { deskId, url, statusUrl }: { deskId: string; url: string; statusUrl: string },
): Promise<{ provider: Provider; secret: string }> {
  const id = ports.newId();
  const key = randomBytes(24).toString("base64url");
  const secret = mintWebhookSecret();
  const now = ports.clock.now();
  await tx.query(disable, [tx.workspaceId, deskId, now]);
  const sealed = ports.sealer.seal(secret, secretContext(id));
  const values = [tx.workspaceId, id, deskId, key, url, statusUrl, sealed, now];
  const [[provider]] = await Promise.all([
    tx.query<Provider>(insert, values),
    tx.query(insertKey, [key, tx.workspaceId, id]),
    tx.query(route, [tx.workspaceId, deskId, "http", "manual"]),
  ]);
  if (!provider) throw new Error("the provider was not inserted");
  return { provider, secret };
}

/** What comes now is carried out by hand; what was sent is asked for and heard of as before. @returns false where there is none. */
export async function removeProvider(ports: KindPorts, tx: Transaction, deskId: string): Promise<boolean> {
  const [gone] = await Promise.all([
    tx.query(disable, [tx.workspaceId, deskId, ports.clock.now()]),
    tx.query(route, [tx.workspaceId, deskId, "manual", "http"]),
  ]);
  return gone.length > 0;
}
