import { buildPushPayload } from "@block65/webcrypto-web-push";
import type { PushMessage } from "@okno/contract";
import { isQuiet } from "@okno/contract/quiet";
import { z } from "zod";
import type { Clock } from "../../platform/clock.ts";
import { type Database, type Queryable, statement } from "../../platform/database.ts";
import { defineJob, enqueueJob, type JobHandler } from "../../platform/jobs.ts";
import type { Log } from "../../platform/log.ts";
import {
  type Addressed,
  findAddressed,
  type SettingsRow,
  settingsOf,
  type Written,
} from "../notifications/index.ts";
import { isPushService } from "./services.ts";
import type { Vapid } from "./vapid.ts";
import { pushWords } from "./words.ts";

/** Whoever sees the news on the page in this time needs no push. */
const patienceMs = 20_000;
const timeoutMs = 10_000;
/** News older than this is not worth waking a phone for. */
const ttlSeconds = 4 * 3600;

const listeners = statement(
  "push.list_listeners",
  "select distinct workspace_id, member_id from push_subscriptions where (workspace_id, member_id) in (select * from unnest($1::uuid[], $2::uuid[]))",
);
const listSubscriptions = statement(
  "push.list_subscriptions",
  `select p.id, p.endpoint, p.p256dh, p.auth from push_subscriptions p
   join sessions s on s.workspace_id = p.workspace_id and s.id = p.session_id and s.expires_at > $3
   where p.workspace_id = $1 and p.member_id = $2`,
);
const forget = statement("push.forget", "delete from push_subscriptions where workspace_id = $1 and id = $2");

type Subscription = { id: string; endpoint: string; p256dh: string; auth: string };

/** Asks for pushes in the transaction that writes the notifications down: to those who have a browser that listens. */
export async function askForPush(tx: Queryable, clock: Clock, written: readonly Written[]): Promise<void> {
  if (written.length === 0) return;
  const columns = [written.map((each) => each.workspaceId), written.map((each) => each.memberId)];
  const rows = await tx.query<{ workspace_id: string; member_id: string }>(listeners, columns);
  const listening = new Set(rows.map((row) => `${row.workspace_id} ${row.member_id}`));
  const runAt = new Date(clock.now().getTime() + patienceMs);
  for (const { workspaceId, memberId, id } of written)
    if (listening.has(`${workspaceId} ${memberId}`))
      await enqueueJob(tx, {
        name: "push.send",
        workspaceId,
        payload: { memberId, notificationId: id },
        runAt,
        uniqueKey: id,
      });
}

export type PushDeps = {
  db: Database;
  clock: Clock;
  log: Log;
  vapid: Vapid;
  /** How a push service reaches whoever runs this installation: an address of theirs. */
  contact: string;
  pushServices: readonly string[];
  /** How the network is reached; the platform's own unless told. */
  fetch?: typeof fetch;
};

/** Is this person to be told by push, now? Not of what is old or was read meanwhile, not in quiet hours, not if they switched it off. */
function isWanted({ kind, created_at, read_at, settings }: Addressed, now: Date): boolean {
  if (now.getTime() - created_at.getTime() > ttlSeconds * 1000) return false;
  const chosen = settingsOf((settings as SettingsRow | null) ?? undefined);
  return read_at === null && chosen.ways[kind].push && !isQuiet(chosen, now);
}

/** @returns whether the service took it; `gone` when the browser listens no more. */
async function post(
  { vapid, contact, fetch: reach = fetch }: PushDeps,
  { endpoint, p256dh, auth }: Subscription,
  message: PushMessage,
): Promise<"taken" | "gone" | "refused" | "later"> {
  const subscription = { endpoint, expirationTime: null, keys: { p256dh, auth } };
  const built = await buildPushPayload(
    { data: message, options: { ttl: ttlSeconds, urgency: "high" } },
    subscription,
    { subject: contact, ...vapid },
  );
  const res = await reach(endpoint, {
    ...built,
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  });
  await res.body?.cancel();
  if (res.ok) return "taken";
  if (res.status === 404 || res.status === 410) return "gone";
  return res.status === 429 || res.status >= 500 ? "later" : "refused";
}

async function sendTo(deps: PushDeps, workspaceId: string, to: Subscription, message: PushMessage) {
  if (!isPushService(to.endpoint, deps.pushServices)) return "gone" as const;
  const outcome = await post(deps, to, message);
  if (outcome === "gone") await deps.db.background.query(forget, [workspaceId, to.id]);
  if (outcome === "refused") deps.log.warn({ subscription: to.id }, "a push service refused a message");
  return outcome;
}

/** Sends a notification to every browser of its person. Run again after a failure it may tell a browser twice: the same line, replaced. */
export function pushJob(deps: PushDeps): JobHandler {
  const { db, clock } = deps;
  return defineJob({
    name: "push.send",
    payload: z.object({ memberId: z.uuid(), notificationId: z.uuid() }),
    async run({ memberId, notificationId }, { workspaceId }) {
      if (!workspaceId) return;
      const [addressed] = await db.background.query<Addressed>(findAddressed, [
        workspaceId,
        memberId,
        notificationId,
      ]);
      if (!addressed || !isWanted(addressed, clock.now())) return;
      const message = pushWords(addressed);
      const to = await db.background.query<Subscription>(listSubscriptions, [
        workspaceId,
        memberId,
        clock.now(),
      ]);
      const outcomes = await Promise.allSettled(to.map((each) => sendTo(deps, workspaceId, each, message)));
      const failed = outcomes.some((each) => each.status === "rejected" || each.value === "later");
      if (failed) throw new Error("a push service could not be reached");
    },
  });
}
