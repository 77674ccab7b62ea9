import { type SuccessOf, toPublicId } from "@okno/contract";
import type { LoggedCallback } from "@okno/kit";
import type {
  Payout,
  PayoutBalance,
  PayoutCallback,
  PayoutDesk,
  PayoutMethod,
  PayoutQuote,
  PayoutRate,
  payoutRoutes,
} from "../../contract.ts";
import type { Desk, DeskMethod } from "../core/desks.ts";
import type { Balance } from "../core/ledger.ts";
import { destinationContext, type PayoutRow } from "../core/row.ts";
import { type PayoutMethod as Method, payoutMethods } from "../methods.ts";
import { formatMinor } from "../money/decimal.ts";
import type { QuoteRow } from "./quote-row.ts";
import type { RateRow } from "./rate-queries.ts";

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const kopecks = 2;

type SumsRow = Pick<
  PayoutRow,
  | "method"
  | "currency"
  | "scale"
  | "subtract_from"
  | "asked_amount"
  | "asked_currency"
  | "amount"
  | "receive"
  | "commission"
  | "deduction"
  | "rub_amount"
>;

function presentSums(row: SumsRow) {
  const decimal = (minor: string) => formatMinor(BigInt(minor), row.scale);
  return {
    method: row.method,
    currency: row.currency,
    subtractFrom: row.subtract_from,
    askedAmount: row.asked_amount,
    askedCurrency: row.asked_currency,
    amount: decimal(row.amount),
    receive: decimal(row.receive),
    commission: decimal(row.commission),
    deduction: decimal(row.deduction),
    rubAmount: row.rub_amount === null ? null : formatMinor(BigInt(row.rub_amount), kopecks),
  };
}

export function presentPayout(row: PayoutRow): Payout {
  return {
    id: toPublicId("payout", row.id),
    ticket: toPublicId("ticket", row.id),
    project: toPublicId("project", row.project_id),
    desk: toPublicId("desk", row.desk_id),
    reference: row.reference,
    status: row.status,
    ...presentSums(row),
    destination: row.destination_masked,
    callbackUrl: row.callback_url || null,
    extra: row.extra,
    purpose: row.purpose,
    message: row.message,
    attention: row.attention,
    processor: row.processor,
    providerReference: row.provider_reference,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    expiresAt: iso(row.quote_expires_at),
    confirmedAt: iso(row.confirmed_at),
    finalAt: iso(row.final_at),
  };
}

export function presentQuote(row: QuoteRow): PayoutQuote {
  return {
    id: toPublicId("quote", row.id),
    desk: toPublicId("desk", row.desk_id),
    ...presentSums(row),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

export function presentDesk(desk: Desk, now: Date): PayoutDesk {
  const { former_salt_until: until } = desk;
  return {
    id: toPublicId("desk", desk.id),
    project: toPublicId("project", desk.project_id),
    name: desk.name,
    mode: desk.mode,
    login: desk.login,
    makerChecker: desk.maker_checker,
    defaultCallbackUrl: desk.default_callback_url,
    formerSaltUntil: until && until > now ? until.toISOString() : null,
    version: desk.version,
    createdAt: desk.created_at.toISOString(),
    disabledAt: iso(desk.disabled_at),
  };
}

/** What is known of a method beside the desk's own settings. A method of an older version has none. */
function known(code: string): Pick<Method, "name" | "currency" | "precision"> {
  return payoutMethods.get(code) ?? { name: code, currency: "", precision: 0 };
}

export function presentBalance({ method, available, reserved, in_flight }: Balance): PayoutBalance {
  const { currency, precision } = known(method);
  const decimal = (minor: string) => formatMinor(BigInt(minor), precision);
  return {
    method,
    currency,
    available: decimal(available),
    reserved: decimal(reserved),
    inFlight: decimal(in_flight),
  };
}

export function presentMethod(row: DeskMethod): PayoutMethod {
  const { name, currency, precision } = known(row.method);
  const decimal = (minor: string) => formatMinor(BigInt(minor), precision);
  return {
    method: row.method,
    name,
    currency,
    scale: precision,
    enabled: row.enabled,
    percent: row.percent,
    fixed: decimal(row.fixed),
    smallest: decimal(row.smallest),
    largest: decimal(row.largest),
    processor: row.processor,
    version: row.version,
  };
}

export function presentRate(row: RateRow): PayoutRate {
  const by = row.entered_by;
  return {
    currency: row.currency,
    price: row.price,
    at: row.at.toISOString(),
    enteredBy: by && toPublicId(row.by_member ? "member" : "key", by),
  };
}

export function presentCallback(row: LoggedCallback): PayoutCallback {
  return {
    id: toPublicId("webhookDelivery", row.id),
    url: row.url,
    what: row.what,
    state: row.state,
    attempts: row.attempts,
    lastResponse: row.lastResponse,
    createdAt: row.createdAt.toISOString(),
    lastAt: iso(row.lastAt),
    nextAt: iso(row.nextAt),
  };
}

/** The destination in the open: for those who may, and whose look is kept. */
export function presentDestination(
  sealer: { open(sealed: Buffer, context: string): string },
  row: PayoutRow,
): SuccessOf<typeof payoutRoutes.destination> {
  const context = destinationContext(row.id);
  const { destination_extra: extra } = row;
  return {
    destination: sealer.open(row.destination, context),
    destinationExtra: extra && sealer.open(extra, `${context} extra`),
  };
}
