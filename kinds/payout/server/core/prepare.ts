import { type Queryable, statement } from "@okno/kit";
import { checkDestination } from "../destinations/index.ts";
import { JsonNumber } from "../lossless.ts";
import { methodOf, type PayoutMethod } from "../methods.ts";
import { type AmountRefusal, formatMinor, parseMinor } from "../money/decimal.ts";
import { quote } from "../money/fees.ts";
import { convert, parseRatio } from "../money/ratio.ts";
import type { PreparedPayout } from "./create.ts";
import type { Desk, DeskMethod } from "./desks.ts";
import { enteredRates, type Rate, type RateSource } from "./rates.ts";
import type { SubtractFrom } from "./row.ts";

/** What somebody asks for, as it came: the amount is decimal text or a number of `parseLossless`. */
export type PayoutInput = {
  method: string;
  amount: unknown;
  /** The currency of the amount; the method's own if absent. */
  amountCurrency?: string | undefined;
  destination: string;
  destinationExtra?: string | undefined;
  subtractFrom: SubtractFrom;
  callbackUrl?: string | undefined;
  extra?: string | undefined;
  purpose?: string | undefined;
  quoteExpiresAt?: Date | undefined;
};

export type PrepareField = "method" | "amount" | "amountCurrency" | "destination";
export type PrepareRefusal = {
  ok: false;
  field: PrepareField;
  why:
    | AmountRefusal
    | "unknown_method"
    | "disabled"
    | "no_rate"
    | "below_minimum"
    | "above_maximum"
    | "nothing_left"
    | "destination";
  /** The limit that was passed, as decimal text in the method's currency; or what is wrong with the destination. */
  detail?: string;
};

const findMethod = statement(
  "payouts.find_method",
  `select desk_id, method, enabled, percent, fixed::text as fixed, smallest::text as smallest, largest::text as largest, processor, version
   from payout_methods where workspace_id = $1 and desk_id = $2 and method = $3`,
);

const kopecks = 2;
const amountDigits = 18;

function ratio(text: string) {
  const parsed = parseRatio(text);
  if (!parsed) throw new Error("a stored rate or percentage is no decimal");
  return parsed;
}

/** A sandbox desk never moves money, and a live one never pretends to, whatever its method says. */
function processorFor({ mode }: Desk, wanted: string): string {
  if (mode === "sandbox") return "sandbox";
  return wanted === "sandbox" ? "manual" : wanted;
}

type Asked = { ok: true; minor: bigint } | PrepareRefusal;

/** The amount in the method's minor units; one in another currency is converted by the two rates, rounded down. */
function amountOf(
  input: Pick<PayoutInput, "amount" | "amountCurrency">,
  method: PayoutMethod,
  { own, asked }: { own: Rate | undefined; asked: Rate | undefined },
): Asked {
  const currency = input.amountCurrency ?? method.currency;
  if (currency === method.currency) {
    const parsed = parseMinor(input.amount, method.precision);
    return parsed.ok ? parsed : { ok: false, field: "amount", why: parsed.why };
  }
  const parsed = parseMinor(input.amount, amountDigits);
  if (!parsed.ok) return { ok: false, field: "amount", why: parsed.why };
  if (!own || !asked) return { ok: false, field: "amountCurrency", why: "no_rate" };
  const minor = convert(
    parsed.minor,
    { precision: amountDigits, price: ratio(asked.price) },
    { precision: method.precision, price: ratio(own.price) },
    "down",
  );
  return minor > 0n ? { ok: true, minor } : { ok: false, field: "amount", why: "zero" };
}

function roubles(amount: bigint, method: PayoutMethod, rate: Rate | undefined): PreparedPayout["rub"] {
  if (!rate) return null;
  const from = { precision: method.precision, price: ratio(rate.price) };
  const to = { precision: kopecks, price: { numerator: 1n, denominator: 1n } };
  return { amount: convert(amount, from, to, "half_even"), rateId: rate.id };
}

/** What a payout costs and gives, before it is known where it goes. */
export type PayoutSums = Omit<
  PreparedPayout,
  "destination" | "callbackUrl" | "extra" | "purpose" | "quoteExpiresAt"
>;

/** Checks what is asked for against the desk's method, and reckons its sums. Nothing is written. */
export async function reckonPayout(
  db: Queryable,
  desk: Desk,
  input: Pick<PayoutInput, "method" | "amount" | "amountCurrency" | "subtractFrom">,
  rates: RateSource = enteredRates,
): Promise<{ ok: true; sums: PayoutSums } | PrepareRefusal> {
  const method = methodOf(input.method);
  if (!method) return { ok: false, field: "method", why: "unknown_method" };
  const askedCurrency = input.amountCurrency ?? method.currency;
  const [[settings], own, asked] = await Promise.all([
    db.query<DeskMethod>(findMethod, [desk.workspace_id, desk.id, method.code]),
    rates.rateOf(db, desk.workspace_id, method.currency),
    askedCurrency === method.currency ? undefined : rates.rateOf(db, desk.workspace_id, askedCurrency),
  ]);
  if (!settings?.enabled) return { ok: false, field: "method", why: "disabled" };
  const amount = amountOf(input, method, { own, asked });
  if (!amount.ok) return amount;
  const sums = quote({
    amount: amount.minor,
    percent: settings.percent,
    fixed: BigInt(settings.fixed),
    min: BigInt(settings.smallest),
    max: BigInt(settings.largest),
    subtractFrom: input.subtractFrom,
  });
  if (!sums.ok) {
    return { ok: false, field: "amount", why: sums.why, detail: formatMinor(sums.bound, method.precision) };
  }
  const { receive, commission, deduction } = sums;
  return {
    ok: true,
    sums: {
      method: method.code,
      currency: method.currency,
      scale: method.precision,
      subtractFrom: input.subtractFrom,
      askedAmount: input.amount instanceof JsonNumber ? input.amount.lexeme : String(input.amount),
      askedCurrency,
      amountText: formatMinor(amount.minor, method.precision),
      amount: amount.minor,
      receive,
      commission,
      deduction,
      rub: roubles(amount.minor, method, own),
      processor: processorFor(desk, settings.processor),
    },
  };
}

/** Adds to reckoned sums where the payout goes, and what is written beside it. */
export function addressPayout(
  sums: PayoutSums,
  input: Omit<PayoutInput, "method" | "amount" | "amountCurrency" | "subtractFrom">,
): { ok: true; prepared: PreparedPayout } | PrepareRefusal {
  const checked = checkDestination(sums.method, input.destination, input.destinationExtra);
  if (!checked.ok) return { ok: false, field: "destination", why: "destination", detail: checked.why };
  return {
    ok: true,
    prepared: {
      ...sums,
      destination: {
        value: checked.normalized,
        canonical: checked.canonical,
        masked: checked.masked,
        extra: checked.extra,
      },
      callbackUrl: input.callbackUrl ?? "",
      extra: input.extra ?? "",
      purpose: input.purpose ?? null,
      quoteExpiresAt: input.quoteExpiresAt ?? null,
    },
  };
}

/** Both: what compatible clients send at once. */
export async function preparePayout(
  db: Queryable,
  desk: Desk,
  input: PayoutInput,
  rates: RateSource = enteredRates,
): Promise<{ ok: true; prepared: PreparedPayout } | PrepareRefusal> {
  const reckoned = await reckonPayout(db, desk, input, rates);
  return reckoned.ok ? addressPayout(reckoned.sums, input) : reckoned;
}
