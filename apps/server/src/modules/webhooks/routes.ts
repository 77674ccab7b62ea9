import {
  type EventType,
  fromPublicId,
  maxWebhooks,
  routes,
  toPublicId,
  type WebhookDeliveryDetail,
} from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Database, statement, type Transaction } from "../../platform/database.ts";
import { type Binding, bindTable, command, own, read } from "../../platform/http/binding.ts";
import { type Principal, requireRole } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import type { Outgoing } from "../../platform/outgoing/client.ts";
import { appendWorkspaceEvent } from "../journal/index.ts";
import { commandWithSecret } from "../members/index.ts";
import { attemptDelivery } from "./attempt.ts";
import {
  findDelivery,
  firstIdAt,
  listDeliveries,
  presentDelivery,
  presentDeliveryDetail,
} from "./deliveries.ts";
import {
  countEndpoints,
  deleteEndpoint,
  type EndpointRow,
  getEndpoint,
  insertEndpoint,
  listEndpoints,
  lockEndpoint,
  presentEndpoint,
  updateEndpoint,
} from "./endpoints.ts";
import { dropWaiting } from "./health.ts";
import { testBody } from "./payload.ts";
import { callbackTarget, hastenQueue, queueAgain, queueFailedAgain } from "./queue.ts";
import { isSuccess, logEntry } from "./record.ts";
import { addWebhookSecret, listWebhookSecrets } from "./secrets.ts";
import type { Webhooks } from "./webhooks.ts";

export type WebhookDeps = {
  db: Database;
  clock: Clock;
  outgoing: Outgoing;
  webhooks: Webhooks;
  /** Something was appended to the journal. */
  poke(): void;
};

const insertTest = statement(
  "webhooks.insert_test",
  `insert into webhook_deliveries (workspace_id, id, webhook_id, project_id, type, body, state, attempts, last_at, last_status, last_error,
     log, created_at)
   values ($1, $2, $3, $4, 'webhook.test', $5, $6, 1, $7, $8, $9, $10, $7)`,
);

const uuid = (id: string) => fromPublicId("webhook", id);

/** The project of a new endpoint. @throws unknown_reference, forbidden */
function projectOf(principal: Principal, project: string | null): string | null {
  if (project === null) {
    if (!principal.owner) throw refuse("forbidden");
    return null;
  }
  const id = fromPublicId("project", project) ?? "";
  if (!principal.roles.has(id))
    throw refuse("unknown_reference", {}, [{ pointer: "/project", message: "no such project" }]);
  requireRole(principal, id, "admin");
  return id;
}

/** @throws invalid_request for an address that will not be called. */
function requireCallable({ outgoing }: WebhookDeps, url: string): void {
  const problem = outgoing.problem(url);
  if (problem)
    throw refuse("invalid_request", { why: problem }, [
      { pointer: "/url", message: `is no address that is called from here: ${problem}` },
    ]);
}

type Change = { type: EventType; data?: Record<string, unknown> };

async function recordChange(
  { clock, poke }: WebhookDeps,
  tx: Transaction,
  principal: Principal,
  row: Pick<EndpointRow, "id" | "project_id">,
  { type, data }: Change,
): Promise<void> {
  await appendWorkspaceEvent(tx, {
    id: newId(clock),
    type,
    projectId: row.project_id,
    actor: { kind: principal.kind, id: principal.id },
    at: clock.now(),
    data: { webhook: toPublicId("webhook", row.id), ...data },
  });
  tx.afterCommit(poke);
}

type Wanted = {
  url?: string | undefined;
  description?: string | undefined;
  events?: string[] | undefined;
  enabled?: boolean | undefined;
};

/** The endpoint as it will be; a new address, or being switched on, is a new beginning. */
function changed(row: EndpointRow, { url, description, events, enabled }: Wanted, now: Date): EndpointRow {
  const moved = url !== undefined && url !== row.url;
  const next = {
    ...row,
    url: url ?? row.url,
    description: description ?? row.description,
    events: events ?? row.events,
    ...((moved || enabled) && { failing_since: null, throttled_until: null }),
  };
  if (enabled === true) return { ...next, disabled_at: null, disabled_why: null, paused_at: null };
  if (enabled === false && row.disabled_at === null)
    return { ...next, disabled_at: now, disabled_why: "hand", paused_at: null };
  return next;
}

/** Sends a test and writes down what came of it: outside any transaction, since the receiver may take its time. */
async function sendTest(
  deps: WebhookDeps,
  principal: Principal,
  publicId: string,
): Promise<WebhookDeliveryDetail> {
  const { db, clock } = deps;
  const { workspaceId } = principal;
  const row = await getEndpoint(db.in(workspaceId), principal, uuid(publicId), clock.now());
  const secrets = await listWebhookSecrets(
    db.in(workspaceId),
    { clock, sealer: deps.webhooks.sealer },
    workspaceId,
    row.id,
  );
  const id = newId(clock);
  const body = testBody(row.id, clock.now());
  const outcome = await attemptDelivery(deps, { deliveryId: id, url: row.url, body, headers: null, secrets });
  const { at, status, error } = outcome;
  const state = isSuccess(outcome) ? "succeeded" : "failed";
  await db
    .in(workspaceId)
    .query(insertTest, [
      workspaceId,
      id,
      row.id,
      row.project_id,
      body,
      state,
      at,
      status,
      error,
      JSON.stringify([logEntry(outcome)]),
    ]);
  const written = await findDelivery(db.in(workspaceId), principal, id);
  if (!written) throw refuse("not_found");
  return presentDeliveryDetail(written);
}

/** @throws invalid_cursor */
function cursorId(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = fromPublicId("webhookDelivery", cursor);
  if (!id) throw refuse("invalid_cursor");
  return id;
}

export function webhookBindings(deps: WebhookDeps): Binding[] {
  const { db, clock, webhooks } = deps;
  const secretDeps = { clock, sealer: webhooks.sealer };
  const shown = async (tx: Transaction, principal: Principal, id: string) =>
    presentEndpoint(await getEndpoint(tx, principal, id, clock.now()), clock.now());

  return bindTable(routes.webhooks, {
    list: read(async ({ principal }, on) => {
      const rows = await listEndpoints(on, principal, clock.now());
      return { data: rows.map((row) => presentEndpoint(row, clock.now())) };
    }),
    get: read(async ({ principal, params }, on) => {
      const row = await getEndpoint(on, principal, uuid(params.id), clock.now());
      return presentEndpoint(row, clock.now());
    }),
    create: commandWithSecret({ db, clock }, async ({ principal, body }, tx) => {
      const projectId = projectOf(principal, body.project);
      requireCallable(deps, body.url);
      if ((await countEndpoints(tx, tx.workspaceId, projectId)) >= maxWebhooks)
        throw refuse("limit_reached", { limit: maxWebhooks });
      const { url, description, events } = body;
      const row = { id: newId(clock), project_id: projectId, url, description, events };
      const actor = { kind: principal.kind, id: principal.id };
      await insertEndpoint(tx, tx.workspaceId, { ...row, actor, now: clock.now() });
      const secret = await addWebhookSecret(tx, secretDeps, {
        workspaceId: tx.workspaceId,
        webhookId: row.id,
        keepUntil: clock.now(),
      });
      await recordChange(deps, tx, principal, row, { type: "webhook.added", data: { events } });
      const webhook = await shown(tx, principal, row.id);
      return { answer: { secret, webhook }, reference: { webhook: webhook.id } };
    }),
    update: command(async ({ principal, params, body }, tx) => {
      const now = clock.now();
      const row = await lockEndpoint(tx, principal, uuid(params.id), now);
      if (body.url !== undefined && body.url !== row.url) requireCallable(deps, body.url);
      const next = changed(row, body, now);
      await updateEndpoint(tx, tx.workspaceId, next);
      if (body.enabled === false) await dropWaiting(tx, tx.workspaceId, row.id);
      if (body.enabled === true) await hastenQueue(tx, row.id, now);
      const data = { fields: Object.keys(body), enabled: next.disabled_at === null };
      await recordChange(deps, tx, principal, row, { type: "webhook.changed", data });
      tx.afterCommit(webhooks.poke);
      return shown(tx, principal, row.id);
    }),
    remove: command(async ({ principal, params }, tx) => {
      const row = await lockEndpoint(tx, principal, uuid(params.id), clock.now());
      await deleteEndpoint(tx, tx.workspaceId, row.id);
      await dropWaiting(tx, tx.workspaceId, row.id);
      await recordChange(deps, tx, principal, row, { type: "webhook.removed" });
    }),
    rotateSecret: commandWithSecret({ db, clock }, async ({ principal, params, body }, tx) => {
      const row = await lockEndpoint(tx, principal, uuid(params.id), clock.now());
      const keepUntil = new Date(clock.now().getTime() + body.keepOldHours * 3_600_000);
      const secret = await addWebhookSecret(tx, secretDeps, {
        workspaceId: tx.workspaceId,
        webhookId: row.id,
        keepUntil,
      });
      const data = { oldUntil: keepUntil.toISOString() };
      await recordChange(deps, tx, principal, row, { type: "webhook.secret_rotated", data });
      const webhook = await shown(tx, principal, row.id);
      return { answer: { secret, webhook }, reference: { webhook: webhook.id } };
    }),
    test: own(({ principal, params }) => sendTest(deps, principal, params.id)),
    replay: command(async ({ principal, params, body }, tx) => {
      const row = await lockEndpoint(tx, principal, uuid(params.id), clock.now());
      const from = firstIdAt(new Date(body.since));
      const failed = { workspaceId: tx.workspaceId, webhookId: row.id, from };
      const queued = await queueFailedAgain(tx, failed, clock.now());
      tx.afterCommit(webhooks.poke);
      return { queued };
    }),
    deliveries: read(async ({ principal, query }, on) => {
      const filter = {
        webhookId: query.webhook && fromPublicId("webhook", query.webhook),
        ticketId: query.ticket && fromPublicId("ticket", query.ticket),
        state: query.state,
        type: query.type,
      };
      const page = { before: cursorId(query.cursor), limit: query.limit + 1 };
      const rows = await listDeliveries(on, principal, filter, page);
      const data = rows.slice(0, query.limit).map(presentDelivery);
      return { data, nextCursor: rows.length > query.limit ? (data.at(-1)?.id ?? null) : null };
    }),
    delivery: read(async ({ principal, params }, on) => {
      const row = await findDelivery(on, principal, fromPublicId("webhookDelivery", params.id) ?? "");
      if (!row) throw refuse("not_found");
      return presentDeliveryDetail(row);
    }),
    replayDelivery: command(async ({ principal, params }, tx) => {
      const id = fromPublicId("webhookDelivery", params.id) ?? "";
      const row = await findDelivery(tx, principal, id);
      if (!row) throw refuse("not_found");
      // One of an endpoint that was removed has nowhere to go.
      if (row.webhook_id) await lockEndpoint(tx, principal, row.webhook_id, clock.now());
      const target = row.webhook_id ?? callbackTarget(tx.workspaceId, row.url ?? "");
      await queueAgain(tx, { workspaceId: tx.workspaceId, id, target }, clock.now());
      tx.afterCommit(webhooks.poke);
      const again = await findDelivery(tx, principal, id);
      return presentDelivery(again ?? row);
    }),
  });
}
