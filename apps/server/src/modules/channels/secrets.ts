import { randomBytes } from "node:crypto";
import { type ChannelSecret, fromPublicId, maxChannelSecrets, routes, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Database, type Queryable, statement } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import { type Principal, projectsWith, requireRole } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import type { Sealer } from "../../platform/seal.ts";
import { appendWorkspaceEvent } from "../journal/index.ts";
import { commandWithSecret } from "../members/index.ts";

export type SecretDeps = { db: Database; clock: Clock; sealer: Sealer; poke(): void };

const findChannel = statement(
  "channels.find_for_secrets",
  "select id, project_id from channels where workspace_id = $1 and project_id = any($2::uuid[]) and id = $3",
);
// The channel's row lock: two administrators at one moment must not make three secrets.
const lockChannel = statement(
  "channels.lock_for_secrets",
  "select id, project_id from channels where workspace_id = $1 and project_id = any($2::uuid[]) and id = $3 for update",
);
const list = statement(
  "channels.list_secrets",
  "select id, hint, sealed, created_at from channel_secrets where workspace_id = $1 and channel_id = $2 order by id",
);
const insert = statement(
  "channels.insert_secret",
  `insert into channel_secrets (workspace_id, id, channel_id, sealed, hint, created_at) values ($1, $2, $3, $4, $5, $6)`,
);
const remove = statement(
  "channels.delete_secret",
  "delete from channel_secrets where workspace_id = $1 and channel_id = $2 and id = $3 returning id",
);

type Row = { id: string; hint: string; sealed: Buffer; created_at: Date };

const contextOf = (workspaceId: string, channelId: string, id: string) =>
  `channel-secret ${workspaceId} ${channelId} ${id}`;

/** The secrets in force, opened: for checking signatures, never for showing. */
export async function openSecrets(
  db: Queryable,
  sealer: Sealer,
  { workspaceId, id }: { workspaceId: string; id: string },
): Promise<string[]> {
  const rows = await db.query<Row>(list, [workspaceId, id]);
  return rows.map((row) => sealer.open(row.sealed, contextOf(workspaceId, id, row.id)));
}

const present = (row: Pick<Row, "id" | "hint" | "created_at">): ChannelSecret => ({
  id: toPublicId("secret", row.id),
  hint: row.hint,
  createdAt: row.created_at.toISOString(),
});

/** Secrets by which a customer's site signs who its user is: made and removed by the channel's administrators, shown once. */
export function channelSecretBindings({ db, clock, sealer, poke }: SecretDeps): Binding[] {
  async function administered(on: Queryable, principal: Principal, publicId: string, locked: boolean) {
    const [channel] = await on.query<{ id: string; project_id: string }>(locked ? lockChannel : findChannel, [
      principal.workspaceId,
      projectsWith(principal, "operator"),
      fromPublicId("channel", publicId),
    ]);
    if (!channel) throw refuse("not_found");
    requireRole(principal, channel.project_id, "admin");
    return channel;
  }
  const happened = (
    type: "channel.secret_added" | "channel.secret_removed",
    principal: Principal,
    channel: { id: string; project_id: string },
    secret: string,
  ) => ({
    id: newId(clock),
    type,
    projectId: channel.project_id,
    actor: { kind: principal.kind, id: principal.id },
    at: clock.now(),
    data: { channel: toPublicId("channel", channel.id), secret },
  });

  return bindTable(routes.channelSecrets, {
    list: read(async ({ principal, params }, on) => {
      const channel = await administered(on, principal, params.id, false);
      const rows = await on.query<Row>(list, [principal.workspaceId, channel.id]);
      return { data: rows.map(present) };
    }),
    create: commandWithSecret({ db, clock }, async ({ principal, params }, tx) => {
      const channel = await administered(tx, principal, params.id, true);
      const known = await tx.query<Row>(list, [tx.workspaceId, channel.id]);
      if (known.length >= maxChannelSecrets) throw refuse("limit_reached", { limit: maxChannelSecrets });
      const id = newId(clock);
      const secret = `oks_${randomBytes(32).toString("base64url")}`;
      const row = { id, hint: secret.slice(-4), created_at: clock.now() };
      const sealed = sealer.seal(secret, contextOf(tx.workspaceId, channel.id, id));
      await tx.query(insert, [tx.workspaceId, id, channel.id, sealed, row.hint, row.created_at]);
      const entry = present(row);
      await appendWorkspaceEvent(tx, happened("channel.secret_added", principal, channel, entry.id));
      tx.afterCommit(poke);
      return { answer: { secret, entry }, reference: { secret: entry.id } };
    }),
    remove: command(async ({ principal, params }, tx) => {
      const channel = await administered(tx, principal, params.id, true);
      const gone = await tx.query(remove, [
        tx.workspaceId,
        channel.id,
        fromPublicId("secret", params.secret),
      ]);
      if (gone.length === 0) throw refuse("not_found");
      await appendWorkspaceEvent(tx, happened("channel.secret_removed", principal, channel, params.secret));
      tx.afterCommit(poke);
    }),
  });
}
