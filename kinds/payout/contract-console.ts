import { DeskId, defineRoute, Instant, PayoutId } from "@okno/contract";
import { z } from "zod";
import { PayoutCallback } from "./contract/shapes.ts";

/** How many earlier payouts to one receiver are counted. */
export const mostCounted = 100;

export const PayoutBackground = z
  .object({
    paidBefore: z
      .int()
      .describe(`Payouts of the same desk that reached the same destination; stops at ${mostCounted}`),
    notPaidBefore: z.int().describe("Those to it that failed or were cancelled"),
    openBeside: z.int().describe("Others to it that have not ended"),
    lastPaidAt: Instant.nullable(),
  })
  .meta({ id: "PayoutBackground" });
export type PayoutBackground = z.infer<typeof PayoutBackground>;

const payout = z.object({ id: PayoutId });

/** What people in the window need beside the API's own: read by the console, open to anybody with the right. */
export const payoutConsoleRoutes = {
  background: defineRoute({
    name: "payouts.background",
    method: "GET",
    path: "/v1/payouts/{id}/background",
    summary: "What became of earlier payouts to the same destination: for whoever must decide",
    access: { by: "principal", scope: "payouts:read", role: "operator" },
    rate: "read",
    params: payout,
    success: { status: 200, schema: PayoutBackground },
    errors: ["not_found"],
  }),
  replayCallback: defineRoute({
    name: "payouts.replayCallback",
    method: "POST",
    path: "/v1/payouts/{id}/callbacks/{callback}/replay",
    summary: "Call the merchant's address back once more, with the same body",
    access: { by: "principal", scope: "settings:write", role: "admin" },
    rate: "write",
    params: z.object({ id: PayoutId, callback: z.string().max(60) }),
    success: { status: 200, schema: z.object({ data: z.array(PayoutCallback) }) },
    errors: ["not_found", "forbidden"],
  }),
  statementPdf: defineRoute({
    name: "payoutDesks.statementPdf",
    method: "GET",
    path: "/v1/payout-desks/{id}/statement.pdf",
    summary: "The statement as a PDF to print and sign; at most 5,000 postings",
    access: { by: "principal", scope: "payouts:read", role: "operator" },
    rate: "read",
    params: z.object({ id: DeskId }),
    query: z.object({
      method: z.string().regex(/^[A-Z0-9_]{1,40}$/u),
      from: Instant.optional(),
      to: Instant.optional(),
      lang: z.enum(["ru", "en"]).default("ru"),
    }),
    success: { status: 200, schema: z.string(), produces: "application/pdf" },
    errors: ["not_found", "forbidden", "unknown_reference", "limit_reached"],
  }),
} as const;
