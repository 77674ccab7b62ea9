import { fromPublicId, toPublicId } from "@okno/contract";
import {
  type KindPorts,
  type Principal,
  type Queryable,
  refuse,
  statement,
  type Transaction,
} from "@okno/kit";
import { mintWebhookSecret } from "@okno/signing";
import type { DeskGuards, PayoutLimit } from "../../contract-approvals.ts";
import type { Desk } from "../core/desks.ts";
import { askSecretContext } from "./ask-merchant.ts";
import { deskFor, lockDeskFor } from "./desk.ts";
import { amountText, minorOf } from "./units.ts";

const listLimits = statement(
  "payouts.list_limits",
  `select what, method, key_id, most::text as most, hours from payout_limits where workspace_id = $1 and desk_id = $2 order by place`,
);
const removeLimits = statement(
  "payouts.remove_limits",
  "delete from payout_limits where workspace_id = $1 and desk_id = $2",
);
const insertLimits = statement(
  "payouts.insert_limits",
  `insert into payout_limits (workspace_id, id, desk_id, what, method, key_id, most, hours, place)
   select $1, l.id, $2, l.what, l.method, l.key_id, l.most, l.hours, l.place
   from json_to_recordset($3::json) as l
     (id uuid, what text, method text, key_id uuid, most numeric, hours smallint, place smallint)`,
);
const change = statement(
  "payouts.change_guards",
  `update payout_desks set step_up = $3, watch_same_destination = $4, watch_unusual_times = $5, ask_before_url = $6, has_limits = $7
   where workspace_id = $1 and id = $2`,
);
const keepSecret = statement(
  "payouts.keep_ask_secret",
  "update payout_desks set ask_secret = $3 where workspace_id = $1 and id = $2",
);

type LimitRow = {
  what: PayoutLimit["what"];
  method: string | null;
  key_id: string | null;
  most: string | null;
  hours: number | null;
};

function presentLimit({ what, method, key_id, most, hours }: LimitRow): PayoutLimit {
  if (what === "new_destination") return { what, method, hours: hours ?? 0 };
  const sum = { method, most: amountText(most ?? "0", method) };
  if (what === "key_day") return { what, key: key_id && toPublicId("key", key_id), ...sum };
  return { what, ...sum };
}

function storedLimit(
  ports: KindPorts,
  limit: PayoutLimit,
  index: number,
): LimitRow & { id: string; place: number } {
  const pointer = `/limits/${index}`;
  const { what, method } = limit;
  const most = "most" in limit ? limit.most : null;
  return {
    id: ports.newId(),
    place: index,
    what,
    method,
    key_id: limit.what === "key_day" && limit.key !== null ? (fromPublicId("key", limit.key) ?? null) : null,
    most: minorOf(most, method, { pointer, field: "most", zeroAllowed: true }),
    hours: "hours" in limit ? limit.hours : null,
  };
}

async function present(db: Queryable, desk: Desk): Promise<DeskGuards> {
  const limits = await db.query<LimitRow>(listLimits, [desk.workspace_id, desk.id]);
  return {
    stepUp: desk.step_up,
    watch: { sameDestination: desk.watch_same_destination, unusualTimes: desk.watch_unusual_times },
    askBeforeUrl: desk.ask_before_url,
    askSecretSet: desk.ask_secret !== null,
    limits: limits.map(presentLimit),
  };
}

export async function readGuards(db: Queryable, principal: Principal, deskId: string): Promise<DeskGuards> {
  return present(db, await deskFor(db, principal, deskId));
}

export type GuardsChange = {
  stepUp?: boolean | undefined;
  watch?:
    | { sameDestination?: number | null | undefined; unusualTimes?: number | null | undefined }
    | undefined;
  askBeforeUrl?: string | null | undefined;
  limits?: PayoutLimit[] | undefined;
};

/** @throws invalid_request for an address that is not called, or without a secret to sign the question with */
function requireAskable({ outgoing }: KindPorts, url: string | null, desk: Desk): void {
  const problem = url === null ? undefined : outgoing.problem(url);
  const message =
    problem ?? (url !== null && desk.ask_secret === null ? "make a secret for it first" : undefined);
  if (message) throw refuse("invalid_request", {}, [{ pointer: "/askBeforeUrl", message }]);
}

const orBefore = <T>(given: T | undefined, before: T): T => (given === undefined ? before : given);

/** @throws not_found, forbidden, unknown_reference, invalid_request */
export async function changeGuards(
  ports: KindPorts,
  tx: Transaction,
  principal: Principal,
  { deskId, body }: { deskId: string; body: GuardsChange },
): Promise<DeskGuards> {
  const desk = await lockDeskFor(tx, principal, deskId);
  const { stepUp, watch, askBeforeUrl, limits } = body;
  if (askBeforeUrl !== undefined) requireAskable(ports, askBeforeUrl, desk);
  if (limits) {
    const stored = limits.map((limit, index) => storedLimit(ports, limit, index));
    await tx.query(removeLimits, [tx.workspaceId, desk.id]);
    await tx.query(insertLimits, [tx.workspaceId, desk.id, JSON.stringify(stored)]);
  }
  await tx.query(change, [
    tx.workspaceId,
    desk.id,
    stepUp ?? desk.step_up,
    orBefore(watch?.sameDestination, desk.watch_same_destination),
    orBefore(watch?.unusualTimes, desk.watch_unusual_times),
    orBefore(askBeforeUrl, desk.ask_before_url),
    limits ? limits.length > 0 : desk.has_limits,
  ]);
  const changed = Object.keys(body).filter((name) => body[name as keyof GuardsChange] !== undefined);
  await tell(ports, tx, desk, principal, changed);
  return readGuards(tx, principal, deskId);
}

function tell(
  ports: KindPorts,
  tx: Transaction,
  desk: Desk,
  principal: Principal,
  changed: string[],
): Promise<void> {
  const actor = { kind: principal.kind, id: principal.id };
  const data = { desk: toPublicId("desk", desk.id), changed };
  return ports.tell(tx, { type: "payout_desk.changed", projectId: desk.project_id, actor, data });
}

/** A new secret for the question to the merchant; answered this once. @throws not_found, forbidden */
export async function newAskSecret(
  ports: KindPorts,
  tx: Transaction,
  principal: Principal,
  deskId: string,
): Promise<{ secret: string }> {
  const desk = await lockDeskFor(tx, principal, deskId);
  const secret = mintWebhookSecret();
  await tx.query(keepSecret, [tx.workspaceId, desk.id, ports.sealer.seal(secret, askSecretContext(desk.id))]);
  await tell(ports, tx, desk, principal, ["askSecret"]);
  return { secret };
}
