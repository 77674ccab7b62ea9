import { DeskId, defineRoute, Instant, PayoutId } from "@okno/contract";
import { z } from "zod";

const Address = z.string().max(2000).describe("An absolute http(s) address");

export const PayoutProvider = z
  .object({
    desk: DeskId,
    url: Address.describe("Where orders are sent"),
    statusUrl: Address.describe("Where it is asked what became of one; `{key}` stands for the order's key"),
    callBackPath: z.string().describe("Where the provider calls back, on this server"),
    createdAt: Instant,
  })
  .meta({ id: "PayoutProvider" });
export type PayoutProvider = z.infer<typeof PayoutProvider>;

const desk = z.object({ id: DeskId });
const settles = {
  access: { by: "principal", scope: "settings:write", role: "admin" },
  rate: "write",
} as const;

export const payoutProviderRoutes = {
  get: defineRoute({
    name: "payoutProviders.get",
    method: "GET",
    path: "/v1/payout-desks/{id}/provider",
    summary: "The outside provider that carries out a live desk's payouts",
    access: { by: "principal", scope: "settings:read", role: "admin" },
    rate: "read",
    params: desk,
    success: { status: 200, schema: PayoutProvider },
    errors: ["not_found"],
  }),
  set: defineRoute({
    name: "payoutProviders.set",
    method: "PUT",
    path: "/v1/payout-desks/{id}/provider",
    summary: "Have a live desk's payouts carried out elsewhere; the secret is answered this once",
    ...settles,
    params: desk,
    body: z.object({ url: Address, statusUrl: Address }),
    success: {
      status: 200,
      schema: PayoutProvider.extend({
        secret: z.string().describe("Signs both ways; shown this once").meta({ personal: true }),
      }),
    },
    errors: ["not_found", "forbidden", "unknown_reference"],
  }),
  remove: defineRoute({
    name: "payoutProviders.remove",
    method: "DELETE",
    path: "/v1/payout-desks/{id}/provider",
    summary: "From now on payouts are carried out by hand; what was sent is followed to its end",
    ...settles,
    params: desk,
    success: { status: 204 },
    errors: ["not_found", "forbidden"],
  }),
  ask: defineRoute({
    name: "payoutProviders.ask",
    method: "POST",
    path: "/v1/payouts/{id}/ask",
    summary: "Ask the provider now what became of a payout; nothing is sent again",
    access: { by: "principal", scope: "payouts:confirm", role: "operator" },
    rate: "write",
    params: z.object({ id: PayoutId }),
    success: {
      status: 200,
      schema: z.object({
        answer: z
          .enum(["paid", "failed", "accepted", "unknown", "absent"])
          .describe("What the provider said; `absent`: it has never heard of it"),
        status: z.string().describe("The payout's, now"),
        attention: z.string().nullable(),
      }),
    },
    errors: ["not_found", "payout_not_created", "unavailable"],
  }),
} as const;

/** Where providers call: public, and signed. */
export const providerCallBackRoute = defineRoute({
  name: "payoutProviders.callBack",
  method: "POST",
  path: "/in/payout-provider/{key}",
  summary: "A provider says what became of an order, signed by the Standard Webhooks rules",
  access: { by: "anyone" },
  rate: "public",
  keepsText: true,
  params: z.object({ key: z.string().min(1).max(100) }),
  body: z.string().max(16_384),
  success: { status: 200, schema: z.object({ heard: z.string() }) },
  errors: ["not_found", "signature_invalid", "callback_disagrees"],
});
