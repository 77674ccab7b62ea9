import { z } from "zod";
import { Instant } from "../paging.ts";
import { defineRoute } from "../route.ts";

/** How long a code counts for other things of the same session, in minutes. */
export const stepUpMinutes = 5;

/** Six digits of the app, spaces allowed; or a recovery code. */
const Code = z
  .string()
  .max(40)
  .overwrite((text) => text.replace(/[\s-]/gu, "").toUpperCase())
  .regex(/^(?:\d{6}|[A-Z2-7]{10})$/u, { error: "six digits, or a recovery code" })
  .describe("Six digits from the app, or a recovery code")
  .meta({ personal: true });

/** Codes of an app by which the signed-in person proves anew who they are. */
export const StepUp = z
  .object({
    enrolledAt: Instant.nullable().describe("Null: no app is set up"),
    recoveryCodesLeft: z.int(),
    provenUntil: Instant.nullable().describe("So long this session is asked for no code"),
  })
  .meta({ id: "StepUp" });
export type StepUp = z.infer<typeof StepUp>;

const RecoveryCodes = z
  .array(z.string())
  .describe("Each is good once, when the app is not at hand; shown this once")
  .meta({ personal: true });

const session = { access: { by: "session" }, rate: "write" } as const;

export const stepUpRoutes = {
  get: defineRoute({
    name: "stepUp.get",
    method: "GET",
    path: "/v1/me/step-up",
    summary: "Whether the caller has one-time codes, and whether this session has proved itself by one",
    access: { by: "session" },
    rate: "read",
    success: { status: 200, schema: StepUp },
    errors: [],
  }),
  begin: defineRoute({
    name: "stepUp.begin",
    method: "POST",
    path: "/v1/me/step-up",
    summary:
      "Begin to set up one-time codes (TOTP): the secret for the app, shown this once; it counts once a code of it was right",
    ...session,
    body: z.object({ password: z.string().min(1).max(200).meta({ personal: true }) }),
    success: {
      status: 201,
      schema: z.object({
        secret: z.string().describe("Base32, for typing it into the app").meta({ personal: true }),
        uri: z.string().describe("`otpauth://…`, for a QR code").meta({ personal: true }),
      }),
    },
    errors: ["wrong_credentials", "already_exists"],
  }),
  enrol: defineRoute({
    name: "stepUp.enrol",
    method: "POST",
    path: "/v1/me/step-up/enrol",
    summary: "Finish setting up by a first code; answers the recovery codes",
    ...session,
    body: z.object({ code: Code }),
    success: { status: 200, schema: z.object({ recoveryCodes: RecoveryCodes }) },
    errors: ["not_found", "already_exists", "wrong_code"],
  }),
  prove: defineRoute({
    name: "stepUp.prove",
    method: "POST",
    path: "/v1/me/step-up/prove",
    summary: "Prove by a code who is acting: counts for five minutes in this session. A code is taken once",
    ...session,
    body: z.object({ code: Code }),
    success: { status: 200, schema: StepUp },
    errors: ["not_found", "wrong_code"],
  }),
  renew: defineRoute({
    name: "stepUp.renew",
    method: "POST",
    path: "/v1/me/step-up/recovery-codes",
    summary: "New recovery codes; the old ones end",
    ...session,
    body: z.object({ code: Code }),
    success: { status: 200, schema: z.object({ recoveryCodes: RecoveryCodes }) },
    errors: ["not_found", "wrong_code"],
  }),
  remove: defineRoute({
    name: "stepUp.remove",
    method: "POST",
    path: "/v1/me/step-up/remove",
    summary: "Remove the one-time codes, by one of them",
    ...session,
    body: z.object({ code: Code }),
    success: { status: 204 },
    errors: ["not_found", "wrong_code"],
  }),
} as const;
