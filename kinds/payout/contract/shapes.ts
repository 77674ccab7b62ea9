import { DeskId, Instant, PayoutId, ProjectId, QuoteId, TicketId } from "@okno/contract";
import { z } from "zod";

// What the routes of payouts say and take, in one place.

/** How long a quote holds. */
export const quoteMinutes = 15;
/** How long a desk's former salt still verifies. */
export const formerSaltHours = 24;

/** An amount on the wire: never a JSON number, which no two languages spell alike. */
export const Decimal = z
  .string({ error: 'an amount is a decimal string, like "0.0015"' })
  .max(60)
  .regex(/^(0|[1-9]\d{0,37})(\.\d{1,18})?$/u, { error: 'an amount is a decimal string, like "0.0015"' })
  .meta({ id: "Decimal", description: "A decimal amount as a string", example: "0.0015" });

const SignedDecimal = z.string().describe("A decimal amount as a string, with a minus where money leaves");

export const PayoutStatus = z
  .enum(["created", "approving", "processing", "paid", "failed", "cancelled"])
  .meta({ id: "PayoutStatus" });
export type PayoutStatus = z.infer<typeof PayoutStatus>;

export const SubtractFrom = z
  .enum(["amount", "balance"])
  .describe("`amount`: the receiver gets less by the commission · `balance`: the commission comes on top")
  .meta({ id: "SubtractFrom" });
export type SubtractFrom = z.infer<typeof SubtractFrom>;

export const MethodCode = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[A-Z0-9_]+$/u, { error: "a method is in capitals, like BITCOIN" });
export const CurrencyCode = z
  .string()
  .min(2)
  .max(12)
  .regex(/^[A-Z0-9]+$/u, { error: "a currency is in capitals, like USDT" });
export const CallbackUrl = z
  .string()
  .max(2000)
  .describe("Called back with every change, by an absolute http(s) address");

/** What a payout costs and gives. Amounts are in the method's currency but for those that say otherwise. */
const sums = {
  method: z.string(),
  currency: z.string(),
  subtractFrom: SubtractFrom,
  askedAmount: z.string().describe("The amount as it was asked for"),
  askedCurrency: z.string(),
  amount: z.string(),
  receive: z.string().describe("What the receiver gets"),
  commission: z.string(),
  deduction: z.string().describe("What leaves the desk: `receive` and `commission`"),
  rubAmount: z
    .string()
    .nullable()
    .describe("The amount in roubles at the rate of its creation, where one was known"),
};

export const Payout = z
  .object({
    id: PayoutId,
    ticket: TicketId,
    project: ProjectId,
    desk: DeskId,
    reference: z.string().describe("The identifier of the compatible interface"),
    status: PayoutStatus,
    ...sums,
    destination: z.string().describe("Masked"),
    callbackUrl: z.string().nullable(),
    extra: z.string(),
    purpose: z.string().nullable(),
    message: z.string().describe("What became of it, in the provider's words"),
    attention: z.string().nullable().describe("Why a person must look; null while none must"),
    processor: z.string(),
    providerReference: z.string().nullable(),
    version: z.int(),
    createdAt: Instant,
    expiresAt: Instant.nullable().describe("Unconfirmed until then, it is cancelled"),
    confirmedAt: Instant.nullable(),
    finalAt: Instant.nullable(),
  })
  .meta({ id: "Payout" });
export type Payout = z.infer<typeof Payout>;

export const PayoutQuote = z
  .object({
    id: QuoteId,
    desk: DeskId,
    ...sums,
    createdAt: Instant,
    expiresAt: Instant.describe("Until then a payout can be created from it, and confirmed"),
  })
  .meta({ id: "PayoutQuote" });
export type PayoutQuote = z.infer<typeof PayoutQuote>;

export const PayoutDesk = z
  .object({
    id: DeskId,
    project: ProjectId,
    name: z.string(),
    mode: z.enum(["sandbox", "live"]),
    login: z.string(),
    makerChecker: z.boolean().describe("Whoever created a payout may not confirm it"),
    defaultCallbackUrl: z.string().nullable(),
    formerSaltUntil: Instant.nullable().describe("The former salt still verifies until then"),
    version: z.int(),
    createdAt: Instant,
    disabledAt: Instant.nullable(),
  })
  .meta({ id: "PayoutDesk" });
export type PayoutDesk = z.infer<typeof PayoutDesk>;

export const secret = (what: string) =>
  z.string().describe(`${what}; shown this once`).meta({ personal: true });

export const PayoutBalance = z
  .object({
    method: z.string(),
    currency: z.string(),
    available: z.string(),
    reserved: z.string().describe("For payouts that are not confirmed"),
    inFlight: z.string().describe("For payouts that are being paid"),
  })
  .meta({ id: "PayoutBalance" });
export type PayoutBalance = z.infer<typeof PayoutBalance>;

export const PayoutMethod = z
  .object({
    method: z.string(),
    name: z.string(),
    currency: z.string(),
    scale: z.int().describe("Decimals of its amounts"),
    enabled: z.boolean(),
    percent: z.string().describe("Commission, in per cent of the amount"),
    fixed: z.string().describe("Commission, besides the percentage"),
    smallest: z.string(),
    largest: z.string(),
    processor: z.string(),
    version: z.int(),
  })
  .meta({ id: "PayoutMethod" });
export type PayoutMethod = z.infer<typeof PayoutMethod>;

export const statementEntries = [
  "fund",
  "withdraw",
  "reserve",
  "dispatch",
  "settle",
  "commission",
  "release",
] as const;

/** One posting: money moved between two accounts of the desk. */
export const StatementEntry = z
  .object({
    id: z.uuid(),
    at: Instant,
    what: z.enum(statementEntries),
    method: z.string(),
    currency: z.string(),
    amount: z.string(),
    available: SignedDecimal.describe("By how much it changed what is available"),
    payout: PayoutId.nullable(),
    reference: z.string().nullable(),
    note: z.string().nullable().describe("Why funds came or went"),
  })
  .meta({ id: "StatementEntry" });
export type StatementEntry = z.infer<typeof StatementEntry>;

export const PayoutCallback = z
  .object({
    id: z.string(),
    url: z.string(),
    what: z.string().describe("What it tells: `payout.paid`"),
    state: z.enum(["waiting", "succeeded", "failed"]),
    attempts: z.int(),
    lastResponse: z.string().nullable(),
    createdAt: Instant,
    lastAt: Instant.nullable(),
    nextAt: Instant.nullable(),
  })
  .meta({ id: "PayoutCallback" });
export type PayoutCallback = z.infer<typeof PayoutCallback>;

export const PayoutRate = z
  .object({
    currency: z.string(),
    price: z.string().describe("Roubles for one unit"),
    at: Instant,
    enteredBy: z.string().nullable().describe("The member or key that entered it"),
  })
  .meta({ id: "PayoutRate" });
export type PayoutRate = z.infer<typeof PayoutRate>;

export const reads = {
  access: { by: "principal", scope: "payouts:read", role: "operator" },
  rate: "read",
} as const;
export const settles = {
  access: { by: "principal", scope: "settings:write", role: "admin" },
  rate: "write",
} as const;
export const Version = z
  .int()
  .min(1)
  .optional()
  .describe("The version it is thought to have; also as `If-Match`. Refused when it has changed since");
