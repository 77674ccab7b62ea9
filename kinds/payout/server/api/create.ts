import { fromPublicId } from "@okno/contract";
import { type KindCall, type Queryable, type Refusal, refuse, type Transaction } from "@okno/kit";
import { type Payout, type PayoutQuote, type payoutRoutes, quoteMinutes } from "../../contract.ts";
import { createPayout } from "../core/create.ts";
import type { PayoutDeps } from "../core/deps.ts";
import type { Desk } from "../core/desks.ts";
import { addressPayout, type PayoutSums, reckonPayout } from "../core/prepare.ts";
import { deskFor, needs } from "./access.ts";
import { actorOf } from "./events.ts";
import { presentPayout, presentQuote } from "./present.ts";
import { findQuote, insertQuote, type QuoteRow, sumsOfQuote, takeQuote } from "./quote-row.ts";
import { refusalOf, requireCallable } from "./refusals.ts";

type CreateCall = KindCall<typeof payoutRoutes.create>;
type QuoteCall = KindCall<typeof payoutRoutes.quote>;

/** @throws unknown_reference, forbidden */
async function deskOfBody(db: Queryable, { principal, body }: CreateCall | QuoteCall): Promise<Desk> {
  const desk = await deskFor(db, principal, body.desk, needs.create).catch((error: unknown) => {
    // Named in a body, a desk that is not there is no missing page.
    const missing = error instanceof Error && "code" in error && error.code === "not_found";
    throw missing ? refuse("unknown_reference", {}, [{ pointer: "/desk", message: "no such desk" }]) : error;
  });
  requireOpen(desk);
  return desk;
}

/** A disabled desk creates and confirms nothing. @throws forbidden */
export function requireOpen(desk: Desk): void {
  if (desk.disabled_at !== null)
    throw refuse("forbidden", {}, [{ pointer: "/desk", message: "the desk is disabled" }]);
}

async function reckoned(db: Queryable, desk: Desk, body: QuoteCall["body"]): Promise<PayoutSums> {
  const { method, amount, currency, subtractFrom } = body;
  const result = await reckonPayout(db, desk, { method, amount, amountCurrency: currency, subtractFrom });
  if (!result.ok) throw refusalOf(result);
  return result.sums;
}

const minuteMs = 60_000;

/** Holds fee and rate for a while. */
export async function quotePayout(
  { ports }: PayoutDeps,
  tx: Transaction,
  call: QuoteCall,
): Promise<PayoutQuote> {
  const desk = await deskOfBody(tx, call);
  const sums = await reckoned(tx, desk, call.body);
  const createdAt = ports.clock.now();
  const expiresAt = new Date(createdAt.getTime() + quoteMinutes * minuteMs);
  const of = { workspaceId: tx.workspaceId, deskId: desk.id, id: ports.newId() };
  return presentQuote(await insertQuote(tx, of, sums, { createdAt, expiresAt }));
}

/** The quote a payout is created from: of this desk, for the same. @throws unknown_reference, invalid_request, quote_expired */
async function quoteOf(
  db: Queryable,
  desk: Desk,
  { body }: CreateCall,
  now: Date,
): Promise<QuoteRow | undefined> {
  if (body.quote === undefined) return undefined;
  const of = { workspaceId: desk.workspace_id, deskId: desk.id, id: fromPublicId("quote", body.quote) ?? "" };
  const quote = await findQuote(db, of);
  if (!quote) throw refuse("unknown_reference", {}, [{ pointer: "/quote", message: "no such quote" }]);
  const differs = (
    [
      ["method", quote.method],
      ["amount", quote.asked_amount],
      ["currency", quote.asked_currency],
      ["subtractFrom", quote.subtract_from],
    ] as const
  ).filter(([field, quoted]) => (body[field] ?? quote.currency) !== quoted);
  if (differs.length > 0)
    throw refuse(
      "invalid_request",
      {},
      differs.map(([field]) => ({ pointer: `/${field}`, message: "differs from the quote" })),
    );
  if (quote.expires_at <= now) throw refuse("quote_expired", { expiresAt: quote.expires_at.toISOString() });
  return quote;
}

const used = (quote: string) =>
  refuse("already_exists", { quote }, [{ pointer: "/quote", message: "another payout was created from it" }]);

/** All that is read of an order before its transaction. */
async function read({ ports }: PayoutDeps, call: CreateCall) {
  const { principal, body } = call;
  const db = ports.db.in(principal.workspaceId);
  const desk = await deskOfBody(db, call);
  requireCallable(ports, body.callbackUrl, "/callbackUrl");
  const quote = await quoteOf(db, desk, call, ports.clock.now());
  const sums = quote ? sumsOfQuote(quote) : await reckoned(db, desk, body);
  const { destination, destinationExtra, callbackUrl, extra, purpose } = body;
  const addressed = addressPayout(sums, {
    destination,
    destinationExtra,
    callbackUrl: callbackUrl ?? desk.default_callback_url ?? undefined,
    extra,
    purpose,
    quoteExpiresAt: quote?.expires_at,
  });
  if (!addressed.ok) throw refusalOf(addressed);
  const number = await ports.tickets.takeNumber(principal.workspaceId);
  return { desk, quote, prepared: addressed.prepared, number };
}

/**
 * Reads what an order needs, and answers what creates it. What is refused is refused inside: a repeated call gets its stored answer,
 * though its quote may have run out since.
 */
export async function prepareCreation(
  deps: PayoutDeps,
  call: CreateCall,
): Promise<(tx: Transaction) => Promise<Payout>> {
  const found = await read(deps, call).catch((error: unknown) => ({ refused: error as Refusal }));
  return async (tx) => {
    if ("refused" in found) throw found.refused;
    const { desk, quote, prepared, number } = found;
    const now = deps.ports.clock.now();
    if (quote && !(await takeQuote(tx, tx.workspaceId, quote.id, now))) throw used(call.body.quote ?? "");
    const { principal } = call;
    const by = { actor: actorOf(principal), party: principal.party };
    return presentPayout(await createPayout(deps, tx, desk, { prepared, number, ...by }));
  };
}
