import { toPublicId } from "@okno/contract";
import { type Actor, refuse, statement, type Transaction } from "@okno/kit";
import { payout as kind } from "../../manifest.ts";
import { requireWithinLimits } from "../limits/check.ts";
import type { PayoutDeps } from "./deps.ts";
import type { Desk } from "./desks.ts";
import {
  destinationContext,
  type PayoutInterface,
  type PayoutRow,
  payoutColumns,
  type SubtractFrom,
} from "./row.ts";

/** A payout whose sums, destination and limits have been checked. Sums in minor units of the method. */
export type PreparedPayout = {
  method: string;
  currency: string;
  scale: number;
  subtractFrom: SubtractFrom;
  askedAmount: string;
  askedCurrency: string;
  /** How the amount reads: `0.0015`. */
  amountText: string;
  amount: bigint;
  receive: bigint;
  commission: bigint;
  deduction: bigint;
  rub: { amount: bigint; rateId: string | null } | null;
  destination: { value: string; canonical: string; masked: string; extra: string | null };
  callbackUrl: string;
  extra: string;
  purpose: string | null;
  quoteExpiresAt: Date | null;
  processor: string;
};

// The funds are taken first: without them nothing is written. The balance's own check refuses what a race would still let through.
const insert = statement(
  "payouts.insert",
  `with reserved as (
     update ledger_accounts set balance = balance - $15::numeric
     where workspace_id = $1 and desk_id = $4 and method = $6 and role = 'available' and balance >= $15::numeric
     returning id
   ), posted as (
     insert into ledger_postings (workspace_id, id, desk_id, method, payout_id, what, debit_id, credit_id, amount, at)
     select $1, $29, $4, $6, $2, 'reserve', reserved.id, r.id, $15, $28
     from reserved join ledger_accounts r on r.workspace_id = $1 and r.desk_id = $4 and r.method = $6 and r.role = 'reserved'
   )
   insert into payouts as p (workspace_id, id, project_id, desk_id, reference, status, method, currency, scale, subtract_from, asked_amount,
     asked_currency, amount, receive, commission, deduction, rub_amount, rate_id, destination, destination_extra, destination_masked,
     destination_digest, callback_url, extra, purpose, quote_expires_at, processor, created_by, created_at, made_by, maker_id)
   select $1, $2, $3, $4, $5, 'created', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
     $27, $28, $30, $31
   from reserved
   returning ${payoutColumns}`,
);

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The desk's number and twenty letters: nobody guesses another. */
export function newReference(deskNumber: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(40));
  // 52 letters divide 208 evenly: bytes above are passed over, so that no letter comes more often.
  const fair = [...bytes].filter((byte) => byte < 208).slice(0, 20);
  if (fair.length < 20) return newReference(deskNumber);
  return `${deskNumber}_${fair.map((byte) => letters[byte % 52]).join("")}`;
}

/** What the confirmation of a payout is for. */
export const payoutPurpose = "payout";

/** The sums and the destination a confirmation is bound to. */
function payoutSnapshot(id: string, prepared: PreparedPayout, destination: Buffer): Record<string, string> {
  return {
    payout: toPublicId("payout", id),
    method: prepared.method,
    currency: prepared.currency,
    receive: String(prepared.receive),
    commission: String(prepared.commission),
    deduction: String(prepared.deduction),
    destination: destination.toString("hex"),
  };
}

/**
 * What creations share that go one after the other: the balance they take from; under limits the whole desk, or those of one transaction
 * would not count each other.
 */
export const creationOrder = (desk: Desk, method: string) =>
  desk.has_limits ? desk.id : `${desk.id} ${method}`;

/**
 * Creates a payout and reserves its funds.
 * @throws insufficient_funds, limit_reached
 */
export async function createPayout(
  { ports, tellMerchant }: PayoutDeps,
  tx: Transaction,
  desk: Desk,
  {
    prepared,
    actor,
    number,
    by = "native",
    party = actor.id,
  }: { prepared: PreparedPayout; actor: Actor; number: number; by?: PayoutInterface; party?: string | null },
): Promise<PayoutRow> {
  const { sealer, tickets, confirmations } = ports;
  const now = ports.clock.now();
  const id = ports.newId();
  const { destination } = prepared;
  const context = destinationContext(id);
  const digest = sealer.blind(destination.canonical, `${tx.workspaceId} destination`);
  if (desk.has_limits) {
    const { method, scale, currency, amount, rub } = prepared;
    const wanted = {
      method,
      scale,
      currency,
      amount,
      rub: rub?.amount ?? null,
      destination: digest,
      by: actor.id,
    };
    await requireWithinLimits(ports, tx, desk, { ...wanted, now });
  }
  const confirmationId = ports.newId();
  // Sent together, in this order: what is inserted later refers to what was inserted before.
  const opening = tickets.open(tx, {
    id,
    projectId: desk.project_id,
    number,
    kind: kind.id,
    state: kind.flow.initial,
    phase: "waiting",
    subject: `${prepared.amountText} ${prepared.currency} → ${destination.masked}`,
    actor,
    happenings: [
      {
        type: "payout.created",
        actor,
        data: {
          payout: toPublicId("payout", id),
          desk: toPublicId("desk", desk.id),
          method: prepared.method,
          currency: prepared.currency,
          amount: prepared.amountText,
          confirmation: toPublicId("confirmation", confirmationId),
        },
      },
    ],
    now,
  });
  const inserting = tx.query<PayoutRow>(insert, [
    tx.workspaceId,
    id,
    desk.project_id,
    desk.id,
    newReference(desk.number),
    prepared.method,
    prepared.currency,
    prepared.scale,
    prepared.subtractFrom,
    prepared.askedAmount,
    prepared.askedCurrency,
    String(prepared.amount),
    String(prepared.receive),
    String(prepared.commission),
    String(prepared.deduction),
    prepared.rub && String(prepared.rub.amount),
    prepared.rub?.rateId ?? null,
    sealer.seal(destination.value, context),
    destination.extra === null ? null : sealer.seal(destination.extra, `${context} extra`),
    destination.masked,
    digest,
    prepared.callbackUrl,
    prepared.extra,
    prepared.purpose,
    prepared.quoteExpiresAt,
    prepared.processor,
    actor.id,
    now,
    ports.newId(),
    by,
    party,
  ]);
  const issuing = confirmations.issue(tx, {
    id: confirmationId,
    ticketId: id,
    projectId: desk.project_id,
    method: "api",
    purpose: payoutPurpose,
    subject: { version: 1, snapshot: payoutSnapshot(id, prepared, digest) },
    expiresAt: prepared.quoteExpiresAt,
    actor,
    now,
  });
  const [, [row]] = await Promise.all([opening, inserting, issuing]);
  if (!row) throw refuse("insufficient_funds");
  if (row.quote_expires_at)
    await ports.enqueue(tx, {
      name: "payout.expire",
      payload: { payoutId: id },
      runAt: row.quote_expires_at,
    });
  await tellMerchant(tx, row, desk);
  return row;
}
