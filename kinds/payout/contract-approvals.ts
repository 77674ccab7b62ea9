import {
  body,
  DeskId,
  defineRoute,
  type IdKind,
  Instant,
  idSchema,
  KeyId,
  MemberId,
  PayoutId,
  roles,
} from "@okno/contract";
import { z } from "zod";
import { Decimal, MethodCode, PayoutStatus, reads, secret, settles, Version } from "./contract/shapes.ts";

export const mostRules = 50;
export const mostLimits = 50;
/** How long the merchant has to answer before a payout is held. */
export const askTimeoutSeconds = 5;

const RuleId = idSchema("approvalRule" satisfies IdKind);
const Hours = z.int().min(1).max(720);

const rule = {
  method: MethodCode.nullable().default(null).describe("Null: every method"),
  amountFrom: Decimal.nullable()
    .default(null)
    .describe(
      "From this amount on: in the method's currency, without a method in roubles. Null: every amount",
    ),
  newDestination: z.boolean().default(false).describe("Only to where this desk has never paid"),
  needed: z.int().min(1).max(20).default(1).describe("How many different people must say yes"),
  role: z.enum(roles).default("supervisor").describe("The least role of who may"),
  members: z
    .array(MemberId)
    .min(1)
    .max(100)
    .nullable()
    .default(null)
    .describe("Only these people; null: all who have the role"),
  hours: Hours.default(168).describe("How long it may take: after that the payout is cancelled"),
};

/** Whose approval a payout of a desk needs after the merchant confirmed it. Of several that apply the strictest counts. */
export const ApprovalRule = z
  .object({ id: RuleId, ...rule, version: z.int(), createdAt: Instant })
  .meta({ id: "ApprovalRule" });
export type ApprovalRule = z.infer<typeof ApprovalRule>;
export const ApprovalRuleInput = z.object(rule);

const most = Decimal.describe("In the method's currency, without a method in roubles");

/** The forms of a limit; what may be left out when one is sent is always there in an answer. */
function limitForms<M extends z.ZodType, K extends z.ZodType>(method: M, key: K) {
  return z.discriminatedUnion("what", [
    z.object({ what: z.literal("payout").describe("The amount of one payout"), method, most }),
    z.object({ what: z.literal("day").describe("The sum of a day's payouts"), method, most }),
    z.object({
      what: z.literal("key_day").describe("The sum that one key creates in a day"),
      key,
      method,
      most,
    }),
    z.object({
      what: z
        .literal("new_destination")
        .describe("How long a destination waits from when it was first asked for"),
      method,
      hours: Hours,
    }),
  ]);
}
const limitMethod = MethodCode.nullable().describe("Null: all methods, measured in roubles");
const limitKey = KeyId.nullable().describe("Null: each key by itself");

/** What a desk may create at most. A day is a calendar day in the project's time zone. */
export const PayoutLimit = limitForms(limitMethod, limitKey).meta({ id: "PayoutLimit" });
export type PayoutLimit = z.infer<typeof PayoutLimit>;
const PayoutLimitInput = limitForms(limitMethod.default(null), limitKey.default(null));

const Watch = z.object({
  sameDestination: z
    .int()
    .min(1)
    .max(1_000)
    .nullable()
    .describe(
      "So many payouts to one destination within a day, and the next one is suspicious; null: not looked at",
    ),
  unusualTimes: z
    .int()
    .min(2)
    .max(1_000)
    .nullable()
    .describe("Suspicious is an amount this many times the usual one; null: not looked at"),
});

/** What stands between a merchant's confirmation and the money. */
export const DeskGuards = z
  .object({
    stepUp: z.boolean().describe("An approval needs a one-time code of the member's app"),
    watch: Watch,
    askBeforeUrl: z
      .string()
      .nullable()
      .describe("Asked before each payout is paid; it answers `confirm` or `decline`, else a person decides"),
    askSecretSet: z.boolean().describe("Whether there is a secret to sign the question with"),
    limits: z.array(PayoutLimit),
  })
  .meta({ id: "DeskGuards" });
export type DeskGuards = z.infer<typeof DeskGuards>;

const Approver = z.object({ member: MemberId, at: Instant });

/** How it stands with the approval of a payout, for who looks at it. */
export const PayoutApproval = z
  .object({
    payoutStatus: PayoutStatus,
    status: z
      .enum(["none", "pending", "approved", "refused", "expired", "cancelled", "held"])
      .describe("`held`: the merchant was asked and did not say yes or no"),
    why: z
      .array(
        z.enum([
          "rule",
          "same_destination",
          "unusual_amount",
          "signature_reused",
          "merchant_unclear",
          "merchant_silent",
        ]),
      )
      .describe("Why a person is asked"),
    needed: z.int(),
    approvals: z.array(Approver),
    role: z.enum(roles),
    members: z.array(MemberId).nullable(),
    expiresAt: Instant.nullable(),
    reason: z.string().nullable().describe("Why it was refused").meta({ personal: true }),
    mayDecide: z.boolean().describe("Whether the caller may approve or refuse it"),
    mayNot: z
      .enum(["role", "maker", "answered", "key", "done"])
      .nullable()
      .describe("Why not: `maker`: the caller made or confirmed it · `answered`: has said yes already"),
    stepUp: z.boolean().describe("An approval needs a one-time code"),
    merchant: z
      .object({
        askedAt: Instant,
        answeredAt: Instant.nullable(),
        answer: z.enum(["confirm", "decline", "unclear", "silent"]).nullable(),
        httpStatus: z.int().nullable(),
      })
      .nullable()
      .describe("What the merchant said when asked before paying"),
  })
  .meta({ id: "PayoutApproval" });
export type PayoutApproval = z.infer<typeof PayoutApproval>;

const desk = z.object({ id: DeskId });
const payout = z.object({ id: PayoutId });
const session = { access: { by: "session" }, rate: "write" } as const;
const shown = { params: desk, errors: ["not_found", "forbidden"] } as const;

export const payoutApprovalRoutes = {
  rules: defineRoute({
    name: "payoutApprovals.rules",
    method: "GET",
    path: "/v1/payout-desks/{id}/approval-rules",
    summary: "A desk's rules of approval, newest first; at most fifty",
    ...reads,
    params: desk,
    success: { status: 200, schema: z.object({ data: z.array(ApprovalRule) }) },
    errors: ["not_found"],
  }),
  addRule: defineRoute({
    name: "payoutApprovals.addRule",
    method: "POST",
    path: "/v1/payout-desks/{id}/approval-rules",
    summary: "Add a rule of approval; it counts for what is confirmed from now on",
    ...settles,
    params: desk,
    body: ApprovalRuleInput,
    success: { status: 201, schema: ApprovalRule },
    errors: ["not_found", "forbidden", "unknown_reference", "limit_reached"],
  }),
  changeRule: defineRoute({
    name: "payoutApprovals.changeRule",
    method: "PUT",
    path: "/v1/payout-desks/{id}/approval-rules/{rule}",
    summary: "Change a rule of approval as a whole",
    ...settles,
    params: z.object({ id: DeskId, rule: RuleId }),
    body: ApprovalRuleInput.extend({ version: Version }),
    success: { status: 200, schema: ApprovalRule },
    errors: ["not_found", "forbidden", "unknown_reference", "version_conflict"],
  }),
  removeRule: defineRoute({
    name: "payoutApprovals.removeRule",
    method: "DELETE",
    path: "/v1/payout-desks/{id}/approval-rules/{rule}",
    summary: "Remove a rule of approval; what waits for approval by it goes on waiting",
    ...settles,
    params: z.object({ id: DeskId, rule: RuleId }),
    success: { status: 204 },
    errors: ["not_found", "forbidden"],
  }),
  guards: defineRoute({
    name: "payoutApprovals.guards",
    method: "GET",
    path: "/v1/payout-desks/{id}/guards",
    summary:
      "What stands between a desk's confirmations and the money: step-up, watch, question to the merchant, limits",
    ...reads,
    ...shown,
    success: { status: 200, schema: DeskGuards },
  }),
  changeGuards: defineRoute({
    name: "payoutApprovals.changeGuards",
    method: "PATCH",
    path: "/v1/payout-desks/{id}/guards",
    summary: "Change them; `limits` are replaced as a whole",
    ...settles,
    params: desk,
    body: z.object({
      stepUp: z.boolean().optional(),
      watch: Watch.partial().optional(),
      askBeforeUrl: z.string().min(1).max(2000).nullable().optional(),
      limits: z.array(PayoutLimitInput).max(mostLimits).optional(),
    }),
    success: { status: 200, schema: DeskGuards },
    errors: ["not_found", "forbidden", "unknown_reference"],
  }),
  newAskSecret: defineRoute({
    name: "payoutApprovals.newAskSecret",
    method: "POST",
    path: "/v1/payout-desks/{id}/ask-secret",
    summary:
      "A new secret to sign the question to the merchant with (Standard Webhooks); the former one ends at once",
    ...settles,
    params: desk,
    success: { status: 201, schema: z.object({ secret: secret("`whsec_…`") }) },
    errors: ["not_found", "forbidden"],
  }),
  get: defineRoute({
    name: "payoutApprovals.get",
    method: "GET",
    path: "/v1/payouts/{id}/approval",
    summary: "Whose approval a payout waits for, who has given it, and whether the caller may",
    ...reads,
    params: payout,
    success: { status: 200, schema: PayoutApproval },
    errors: ["not_found"],
  }),
  approve: defineRoute({
    name: "payoutApprovals.approve",
    method: "POST",
    path: "/v1/payouts/{id}/approve",
    summary:
      "Approve a payout: the last approval needed lets it go. One that is held is paid without the merchant's word",
    ...session,
    params: payout,
    body: z.object({
      code: z
        .string()
        .max(40)
        .optional()
        .describe("A one-time code, where one is asked for and none was given in the last five minutes")
        .meta({ personal: true }),
    }),
    success: { status: 200, schema: PayoutApproval },
    errors: [
      "not_found",
      "forbidden",
      "own_payout",
      "payout_not_created",
      "already_answered",
      "confirmation_expired",
      "step_up_required",
      "wrong_code",
    ],
  }),
  refuse: defineRoute({
    name: "payoutApprovals.refuse",
    method: "POST",
    path: "/v1/payouts/{id}/refuse",
    summary:
      "Refuse a payout with a reason: it is cancelled; one that is held fails. Its funds are free again",
    ...session,
    params: payout,
    body: z.object({ reason: body(1_000).meta({ personal: true }) }),
    success: { status: 200, schema: PayoutApproval },
    errors: [
      "not_found",
      "forbidden",
      "own_payout",
      "payout_not_created",
      "already_answered",
      "confirmation_expired",
    ],
  }),
} as const;
