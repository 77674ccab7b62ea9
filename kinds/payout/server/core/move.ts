import { toPublicId } from "@okno/contract";
import {
  type Actor,
  type Happening,
  type LockedTicket,
  refuse,
  statement,
  type Transaction,
} from "@okno/kit";
import type { PayoutDeps } from "./deps.ts";
import type { Desk } from "./desks.ts";
import { deskOfPayout } from "./desks.ts";
import { findPayout } from "./queries.ts";
import { type PayoutRow, type PayoutStatus, payoutColumns } from "./row.ts";

/** A payout with its ticket under lock, and its desk. */
export type LockedPayout = { ticket: LockedTicket; payout: PayoutRow; desk: Desk };

/**
 * Takes the lock under which everything happens to a payout.
 * @param projectIds the caller's projects, or null for the system and for a desk's own calls.
 * @throws not_found
 */
export async function lockPayout(
  { ports }: PayoutDeps,
  tx: Transaction,
  id: string,
  projectIds: readonly string[] | null,
): Promise<LockedPayout> {
  // Sent together: the two reads run when the lock is there, and see what its last holder wrote.
  const [ticket, payout, desk] = await Promise.all([
    ports.tickets.lock(tx, id, projectIds),
    findPayout(tx, tx.workspaceId, id),
    deskOfPayout(tx, tx.workspaceId, id),
  ]);
  if (!ticket || !payout || !desk) throw refuse("not_found");
  return { ticket, payout, desk };
}

/** @throws payout_not_created, naming the status it has and what became of it first. */
export function requireStatus(payout: PayoutRow, allowed: readonly PayoutStatus[]): void {
  const { status, version, confirmed_at, final_at } = payout;
  if (allowed.includes(status)) return;
  throw refuse("payout_not_created", {
    status,
    version,
    confirmedAt: confirmed_at?.toISOString() ?? null,
    finalAt: final_at?.toISOString() ?? null,
  });
}

const dispatch = statement(
  "payouts.dispatch",
  `with moved as (
     update payouts p set status = 'processing', confirmed_at = coalesce(p.confirmed_at, $4),
       confirmed_by = case p.status when 'created' then $5 else p.confirmed_by end,
       attention = null, version = p.version + 1
     where p.workspace_id = $1 and p.id = $2 and p.status in ('created', 'approving') returning ${payoutColumns}
   ), posted as (
     insert into ledger_postings (workspace_id, id, desk_id, method, payout_id, what, debit_id, credit_id, amount, at)
     select $1, $3, m.desk_id, m.method, $2, 'dispatch', r.id, f.id, m.deduction, $4
     from moved m
     join ledger_accounts r on r.workspace_id = $1 and r.desk_id = m.desk_id and r.method = m.method and r.role = 'reserved'
     join ledger_accounts f on f.workspace_id = $1 and f.desk_id = m.desk_id and f.method = m.method and f.role = 'in_flight'
   )
   select * from moved`,
);

const release = statement(
  "payouts.release",
  `with moved as (
     update payouts p set status = $4, message = $5, attention = $6, final_at = $7, version = p.version + 1,
       provider_reference = coalesce($8, p.provider_reference)
     where p.workspace_id = $1 and p.id = $2 and p.status = any($9::text[]) returning ${payoutColumns}
   ), freed as (
     update ledger_accounts a set balance = a.balance + m.deduction from moved m
     where a.workspace_id = $1 and a.desk_id = m.desk_id and a.method = m.method and a.role = 'available' returning a.id
   ), posted as (
     insert into ledger_postings (workspace_id, id, desk_id, method, payout_id, what, debit_id, credit_id, amount, at)
     select $1, $3, m.desk_id, m.method, $2, 'release', h.id, freed.id, m.deduction, $7
     from moved m cross join freed
     join ledger_accounts h on h.workspace_id = $1 and h.desk_id = m.desk_id and h.method = m.method and h.role = $10
   )
   select * from moved`,
);

const settle = statement(
  "payouts.settle",
  `with moved as (
     update payouts p set status = 'paid', message = $4, attention = null, final_at = $5, version = p.version + 1,
       provider_reference = coalesce($6, p.provider_reference)
     where p.workspace_id = $1 and p.id = $2 and p.status = 'processing' returning ${payoutColumns}
   ), posted as (
     insert into ledger_postings (workspace_id, id, desk_id, method, payout_id, what, debit_id, credit_id, amount, at)
     select $1, part.id, m.desk_id, m.method, $2, part.what, f.id, c.id, part.amount, $5
     from moved m
     cross join lateral (values ($3::uuid, 'settle', 'paid_out', m.receive), ($7::uuid, 'commission', 'commission', m.commission))
       as part (id, what, role, amount)
     join ledger_accounts f on f.workspace_id = $1 and f.desk_id = m.desk_id and f.method = m.method and f.role = 'in_flight'
     join ledger_accounts c on c.workspace_id = $1 and c.desk_id = m.desk_id and c.method = m.method and c.role = part.role
     where part.amount > 0
   )
   select * from moved`,
);

const attend = statement(
  "payouts.attend",
  `update payouts p set attention = $3, version = p.version + 1, provider_reference = coalesce($4, p.provider_reference)
   where p.workspace_id = $1 and p.id = $2 and p.status = 'processing' returning ${payoutColumns}`,
);

/** The one who acts and when; `beside`: what else is told in the same change. */
export type Act = { actor: Actor; now: Date; beside?: readonly Happening[] };

function facts(payout: PayoutRow, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { payout: toPublicId("payout", payout.id), desk: toPublicId("desk", payout.desk_id), ...more };
}

const must = (row: PayoutRow | undefined): PayoutRow => {
  if (!row) throw new Error("a locked payout was in another state than it said");
  return row;
};

/** Funds leave the reserve, and the job that pays is enqueued. From `created`, or from `approving` once the last approval is there. */
export async function dispatchPayout(
  { ports, tellMerchant }: PayoutDeps,
  tx: Transaction,
  { ticket, payout, desk }: LockedPayout,
  { actor, now, beside = [] }: Act,
): Promise<PayoutRow> {
  const action = payout.status === "created" ? "submit" : "approve";
  const [[row]] = await Promise.all([
    tx.query<PayoutRow>(dispatch, [tx.workspaceId, payout.id, ports.newId(), now, actor.id]),
    ports.tickets.move(tx, ticket, {
      action,
      actor,
      happenings: [...beside, { type: "payout.processing", actor, data: facts(payout) }],
      now,
    }),
    ports.enqueue(tx, {
      name: "payout.process",
      payload: { payoutId: payout.id },
      runAt: now,
      uniqueKey: payout.id,
    }),
  ]);
  await tellMerchant(tx, must(row), desk);
  return must(row);
}

/** Takes a payout back before it is processed: its funds are free again. `why` is a word of the interface: `Canceled`, `Expired`. */
export async function cancelPayout(
  { ports, tellMerchant }: PayoutDeps,
  tx: Transaction,
  { ticket, payout, desk }: LockedPayout,
  { actor, now, why, beside = [] }: Act & { why: "Canceled" | "Expired" | "Rejected" },
): Promise<PayoutRow> {
  requireStatus(payout, ["created", "approving"]);
  const ended = await ports.confirmations.revoke(tx, { ticketId: payout.id, actor, now });
  const values = [tx.workspaceId, payout.id, ports.newId(), "cancelled", why, null, now, null];
  const [[row]] = await Promise.all([
    tx.query<PayoutRow>(release, [...values, ["created", "approving"], "reserved"]),
    ports.tickets.move(tx, ticket, {
      action: why === "Expired" ? "expire" : "cancel",
      actor,
      happenings: [
        ...beside,
        ...ended.happenings,
        { type: "payout.cancelled", actor, data: facts(payout, { why }) },
      ],
      now,
    }),
  ]);
  await tellMerchant(tx, must(row), desk);
  return must(row);
}

/** What became of a payout at its provider. `why` and `message` are the provider's words, shown to merchants. */
export type Outcome =
  | { outcome: "paid"; message: string; reference: string | null }
  | { outcome: "failed"; message: string; reference: string | null };

/**
 * Ends a payout that is processing. The first word counts: a later one, the same or another, changes nothing and is answered by the row as
 * it stands.
 */
export async function endPayout(
  { ports, tellMerchant }: PayoutDeps,
  tx: Transaction,
  { ticket, payout, desk }: LockedPayout,
  { actor, now, ...end }: Act & Outcome,
): Promise<PayoutRow> {
  if (payout.status !== "processing") return payout;
  const paid = end.outcome === "paid";
  const writing = paid
    ? tx.query<PayoutRow>(settle, [
        tx.workspaceId,
        payout.id,
        ports.newId(),
        end.message,
        now,
        end.reference,
        ports.newId(),
      ])
    : tx.query<PayoutRow>(release, [
        tx.workspaceId,
        payout.id,
        ports.newId(),
        "failed",
        end.message,
        "failed",
        now,
        end.reference,
        ["processing"],
        "in_flight",
      ]);
  const [[row]] = await Promise.all([
    writing,
    ports.tickets.move(tx, ticket, {
      action: paid ? "pay" : "fail",
      actor,
      happenings: [{ type: paid ? "payout.paid" : "payout.failed", actor, data: facts(payout) }],
      now,
    }),
  ]);
  await tellMerchant(tx, must(row), desk);
  return must(row);
}

/** Nobody knows what became of it: funds stay in flight, nothing is paid again, and a person is asked to look. */
export async function doubtPayout(
  { ports }: PayoutDeps,
  tx: Transaction,
  { ticket, payout }: LockedPayout,
  { actor, now, why, reference }: Act & { why: string; reference: string | null },
): Promise<PayoutRow> {
  if (payout.status !== "processing" || ticket.state === "checking") return payout;
  const [[row]] = await Promise.all([
    tx.query<PayoutRow>(attend, [tx.workspaceId, payout.id, why, reference]),
    ports.tickets.move(tx, ticket, {
      action: "doubt",
      actor,
      happenings: [{ type: "payout.doubted", actor, data: facts(payout, { why }) }],
      now,
    }),
  ]);
  return must(row);
}
