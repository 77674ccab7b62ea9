import { createHash } from "node:crypto";
import { fromPublicId, toPublicId } from "@okno/contract";
import { includesRole, type KindCall, type Principal, refuse, type Transaction } from "@okno/kit";
import type { Payout, payoutRoutes } from "../../contract.ts";
import { confirmPayout } from "../core/confirm.ts";
import type { PayoutDeps } from "../core/deps.ts";
import { cancelPayout, endPayout, type LockedPayout, lockPayout, requireStatus } from "../core/move.ts";
import type { PayoutRow } from "../core/row.ts";
import { expectedVersion, needs, payoutFor, requireIn, requireVersion, visibleProjects } from "./access.ts";
import { requireOpen } from "./create.ts";
import { actorOf } from "./events.ts";
import { presentDestination, presentPayout } from "./present.ts";

type Call<K extends "confirm" | "cancel" | "resolve"> = KindCall<(typeof payoutRoutes)[K]>;

/** The payout under its lock, if the caller may move it. @throws not_found, forbidden, version_conflict */
async function locked(
  deps: PayoutDeps,
  tx: Transaction,
  { principal, params, body, headers }: Call<"confirm" | "cancel" | "resolve">,
  needed: (typeof needs)[keyof typeof needs],
): Promise<LockedPayout> {
  const id = fromPublicId("payout", params.id) ?? "";
  const found = await lockPayout(deps, tx, id, visibleProjects(principal));
  requireIn(principal, found.payout.project_id, needed);
  const expected = expectedVersion({ body, headers });
  // A payout that is settled says so rather than that it has moved on.
  if (found.payout.final_at === null) requireVersion(expected, found.payout.version);
  return found;
}

/** What is kept of the call as proof: ids and digests. */
function evidenceOf({
  principal,
  requestId,
  idempotency,
  signature,
}: Call<"confirm">): Record<string, unknown> {
  return {
    by: toPublicId(principal.kind, principal.id),
    request: requestId,
    ...(idempotency && { call: idempotency.requestHash.toString("hex") }),
    idempotencyKey: createHash("sha256")
      .update(idempotency?.key ?? "")
      .digest("hex"),
    signature: signature ?? null,
  };
}

/** @throws not_found, forbidden, payout_not_created, quote_expired, own_payout, version_conflict */
export async function confirmOperation(
  deps: PayoutDeps,
  tx: Transaction,
  call: Call<"confirm">,
): Promise<Payout> {
  const found = await locked(deps, tx, call, needs.confirm);
  requireStatus(found.payout, ["created"]);
  requireOpen(found.desk);
  const { principal } = call;
  const row = await confirmPayout(deps, tx, found, {
    actor: actorOf(principal),
    party: principal.party,
    evidence: evidenceOf(call),
  });
  return presentPayout(row);
}

/** Whoever made it may take it back; so may who could have let it go. */
function mayCancel({ scopes, roles, kind, id, party }: Principal, payout: PayoutRow): boolean {
  if (id === payout.created_by || party === payout.maker_id) return true;
  const role = roles.get(payout.project_id);
  if (kind === "member") return role !== undefined && includesRole(role, "admin");
  return scopes === "all" || scopes.has("payouts:confirm");
}

/** @throws not_found, forbidden, payout_not_created, version_conflict */
export async function cancelOperation(
  deps: PayoutDeps,
  tx: Transaction,
  call: Call<"cancel">,
): Promise<Payout> {
  const found = await locked(deps, tx, call, needs.create);
  if (!mayCancel(call.principal, found.payout)) throw refuse("forbidden");
  const act = { actor: actorOf(call.principal), now: deps.ports.clock.now() };
  return presentPayout(await cancelPayout(deps, tx, found, { ...act, why: "Canceled" }));
}

/** A person says what became of a payout where its provider does not: of one in doubt, or one carried out by hand. */
export async function resolveOperation(
  deps: PayoutDeps,
  tx: Transaction,
  call: Call<"resolve">,
): Promise<Payout> {
  const found = await locked(deps, tx, call, needs.settle);
  const { payout, ticket } = found;
  requireStatus(payout, ["processing"]);
  // Its provider is still at work: two words about one payout would be one too many.
  if (ticket.state !== "checking" && payout.processor !== "manual")
    throw refuse("payout_not_created", { status: payout.status, attention: payout.attention });
  const { outcome, message, reference } = call.body;
  if (outcome === "paid" && reference === undefined)
    throw refuse("invalid_request", {}, [{ pointer: "/reference", message: "required when it was paid" }]);
  const act = { actor: actorOf(call.principal), now: deps.ports.clock.now() };
  const row = await endPayout(deps, tx, found, { ...act, outcome, message, reference: reference ?? null });
  return presentPayout(row);
}

/** The full destination. The look at it is part of the ticket's history. */
export async function showDestination(
  deps: PayoutDeps,
  { principal, params }: KindCall<typeof payoutRoutes.destination>,
) {
  const { ports } = deps;
  return ports.db.transaction(principal.workspaceId, async (tx) => {
    const row = await payoutFor(tx, principal, params.id, needs.settle);
    const ticket = await ports.tickets.lock(tx, row.id, visibleProjects(principal));
    if (!ticket) throw refuse("not_found");
    const data = { payout: toPublicId("payout", row.id) };
    const shown = { type: "payout.destination_shown", actor: actorOf(principal), data } as const;
    await ports.tickets.note(tx, ticket, [shown], ports.clock.now());
    return presentDestination(ports.sealer, row);
  });
}
