import { z } from "zod";
import { ConfirmationId, ContactId, MessageId, ProjectId, TicketId } from "../ids.ts";
import { Instant } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { body, line } from "../text.ts";
import { Actor } from "./actors.ts";

export const maxConfirmationText = 5_000;
export const maxApprovers = 20;
/** 30 days. */
export const maxConfirmationMinutes = 43_200;
/** How often a code may be tried. */
export const maxCodeAttempts = 5;

export const ConfirmationMethod = z
  .enum(["api", "approval", "link", "code"])
  .describe(
    "`link`: the customer's page · `code`: a one-time code the customer is sent and says back · `approval`: colleagues in the console · `api`: a call with a key",
  )
  .meta({ id: "ConfirmationMethod" });
export type ConfirmationMethod = z.infer<typeof ConfirmationMethod>;

export const ConfirmationStatus = z
  .enum(["pending", "confirmed", "refused", "expired", "revoked", "superseded"])
  .meta({ id: "ConfirmationStatus" });
export type ConfirmationStatus = z.infer<typeof ConfirmationStatus>;

/** A demand that a party says "yes, this is right", bound to the snapshot of what was shown. */
export const Confirmation = z
  .object({
    id: ConfirmationId,
    ticket: TicketId,
    project: ProjectId,
    method: ConfirmationMethod,
    purpose: z.string(),
    status: ConfirmationStatus,
    subject: z.object({
      version: z.int(),
      snapshot: z
        .record(z.string(), z.unknown())
        .describe("What was shown; `text` where somebody wrote it")
        .meta({ personal: true }),
      hash: z.string().describe("SHA-256 of the snapshot's canonical JSON (RFC 8785), in hex"),
    }),
    needed: z.int().describe("How many different people must say yes"),
    answers: z.int().describe("How many have"),
    askedBy: Actor,
    contact: ContactId.nullable(),
    address: z
      .string()
      .nullable()
      .describe("The address of the contact that it is bound to")
      .meta({ personal: true }),
    delivery: z
      .enum(["conversation", "handed"])
      .nullable()
      .describe("`conversation`: said in the ticket's conversation · `handed`: whoever asked passes it on"),
    message: MessageId.nullable().describe("The message that carries it, with the secret masked"),
    secondFactor: z.boolean().describe("A code is asked for on the page as well"),
    attemptsLeft: z.int().nullable().describe("How often the code may still be tried; null without one"),
    createdAt: Instant,
    expiresAt: Instant.nullable(),
    openedAt: Instant.nullable().describe("When the page was first seen in a browser that runs scripts"),
    settledAt: Instant.nullable(),
    settledBy: Actor.nullable(),
    reason: z.string().nullable().describe("Why it was refused").meta({ personal: true }),
  })
  .meta({ id: "Confirmation" });
export type Confirmation = z.infer<typeof Confirmation>;

export const ConfirmationEvidence = z
  .object({
    seq: z.int(),
    kind: z.enum([
      "issued",
      "delivered",
      "opened",
      "code_sent",
      "answered",
      "question",
      "expired",
      "revoked",
      "superseded",
    ]),
    actor: Actor,
    at: Instant,
    body: z.string().describe("The facts as canonical JSON, letter by letter"),
    personal: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe("Address and browser; for supervisors, null when erased")
      .meta({ personal: true }),
    hash: z
      .string()
      .describe("SHA-256 in hex of: the previous hash, the confirmation's UUID, `seq` in four bytes, `body`"),
  })
  .meta({ id: "ConfirmationEvidence" });
export type ConfirmationEvidence = z.infer<typeof ConfirmationEvidence>;

export const NewConfirmation = z
  .object({
    method: ConfirmationMethod,
    purpose: z
      .string()
      .regex(/^[a-z][a-z0-9_.-]{0,39}$/u)
      .default("statement")
      .describe("What the word is for; of one purpose and version exactly one confirmation wins"),
    text: body(maxConfirmationText)
      .optional()
      .describe("What is to be confirmed, as it will be shown; required where the kind brings no subject")
      .meta({ personal: true }),
    expiresInMinutes: z
      .int()
      .min(1)
      .max(maxConfirmationMinutes)
      .optional()
      .describe("Three days for a link, half an hour for a code, a week for the others if absent"),
    address: line(254)
      .optional()
      .describe("An e-mail or phone of the ticket's contact to bind it to")
      .meta({ personal: true }),
    delivery: z
      .enum(["conversation", "handed"])
      .optional()
      .describe("By the conversation where its channel can, else by hand"),
    needed: z.int().min(1).max(maxApprovers).default(1).describe("For an approval: how many colleagues"),
    secondFactor: z
      .boolean()
      .default(false)
      .describe("For a link: the page also asks for a code sent by the conversation"),
  })
  .meta({ id: "NewConfirmation" });
export type NewConfirmation = z.infer<typeof NewConfirmation>;

/** What is told once, and never again. */
export const AskedConfirmation = z
  .object({
    confirmation: Confirmation,
    url: z
      .string()
      .nullable()
      .describe("A link handed to whoever asked: shown this once")
      .meta({ personal: true }),
    code: z.string().nullable().describe("A code handed to a key: shown this once").meta({ personal: true }),
  })
  .meta({ id: "AskedConfirmation" });
export type AskedConfirmation = z.infer<typeof AskedConfirmation>;

export const ConfirmationAnswer = z
  .object({
    answer: z.enum(["confirm", "refuse"]),
    reason: body(1_000).optional().describe("Required for a refusal of an approval").meta({ personal: true }),
    code: z
      .string()
      .regex(/^\d{6}$/u)
      .optional()
      .describe("For a code: what the customer said")
      .meta({ personal: true }),
    subjectVersion: z.int().optional().describe("The version that was looked at: another one is refused"),
  })
  .meta({ id: "ConfirmationAnswer" });
export type ConfirmationAnswer = z.infer<typeof ConfirmationAnswer>;

const read = {
  access: { by: "principal", scope: "tickets:read", role: "operator" },
  rate: "read",
} as const;
const write = {
  access: { by: "principal", scope: "tickets:write", role: "operator" },
  rate: "write",
} as const;
const ticket = z.object({ id: TicketId });
const id = z.object({ id: ConfirmationId });

export const confirmationRoutes = {
  list: defineRoute({
    name: "confirmations.list",
    method: "GET",
    path: "/v1/tickets/{id}/confirmations",
    summary: "What was asked to be confirmed in a ticket, newest first; at most the last hundred",
    ...read,
    params: ticket,
    success: { status: 200, schema: z.object({ data: z.array(Confirmation) }) },
    errors: ["not_found"],
  }),
  ask: defineRoute({
    name: "confirmations.ask",
    method: "POST",
    path: "/v1/tickets/{id}/confirmations",
    summary: "Ask for a confirmation; a link or code goes out by the ticket's conversation where it can",
    ...write,
    params: ticket,
    body: NewConfirmation,
    success: { status: 201, schema: AskedConfirmation },
    errors: [
      "not_found",
      "forbidden",
      "already_exists",
      "ticket_merged",
      "unknown_reference",
      "undeliverable",
      "limit_reached",
    ],
  }),
  get: defineRoute({
    name: "confirmations.get",
    method: "GET",
    path: "/v1/confirmations/{id}",
    summary: "A confirmation with its chain of evidence",
    ...read,
    params: id,
    success: { status: 200, schema: Confirmation.extend({ evidence: z.array(ConfirmationEvidence) }) },
    errors: ["not_found"],
  }),
  answer: defineRoute({
    name: "confirmations.answer",
    method: "POST",
    path: "/v1/confirmations/{id}/answer",
    summary: "Answer an approval or a call's demand, or hand in the code that the customer said",
    ...write,
    params: id,
    body: ConfirmationAnswer,
    success: {
      status: 200,
      schema: z.object({
        outcome: z
          .enum(["confirmed", "counted", "refused", "wrong_code"])
          .describe("`counted`: more people must say yes · `wrong_code`: counted as an attempt"),
        confirmation: Confirmation,
      }),
    },
    errors: [
      "not_found",
      "forbidden",
      "confirmation_settled",
      "confirmation_expired",
      "subject_changed",
      "already_answered",
      "own_confirmation",
      "limit_reached",
    ],
  }),
  revoke: defineRoute({
    name: "confirmations.revoke",
    method: "POST",
    path: "/v1/confirmations/{id}/revoke",
    summary: "Take the demand back; nothing happens if it was taken back already",
    ...write,
    params: id,
    success: { status: 200, schema: Confirmation },
    errors: ["not_found", "confirmation_settled"],
  }),
} as const;

const anyone = {
  access: { by: "anyone" },
  rate: "public",
  params: z.object({ token: z.string() }),
  // What stands here comes out of addresses that people edit: an unknown language is no error.
  query: z.object({
    lang: z.enum(["ru", "en"]).optional().catch(undefined),
    said: z.enum(["question", "code"]).optional().catch(undefined),
  }),
} as const;

/** The customer's page: no part of the API, served at the site's root. */
export const confirmationPageRoutes = {
  show: defineRoute({
    name: "confirmation_page.show",
    method: "GET",
    path: "/c/{token}",
    summary: "What the customer is asked to confirm; looking changes nothing",
    ...anyone,
    success: { status: 200, produces: "text/html" },
    errors: [],
  }),
  answer: defineRoute({
    name: "confirmation_page.answer",
    method: "POST",
    path: "/c/{token}",
    summary: "Confirm, refuse, or ask a question: the page's own form",
    ...anyone,
    consumes: "application/x-www-form-urlencoded",
    success: { status: 200, produces: "text/html" },
    errors: ["unsupported_media_type", "payload_too_large"],
  }),
  seen: defineRoute({
    name: "confirmation_page.seen",
    method: "POST",
    path: "/c/{token}/seen",
    summary: "The page is in front of somebody: told by its script",
    ...anyone,
    consumes: "application/x-www-form-urlencoded",
    success: { status: 204 },
    errors: ["unsupported_media_type"],
  }),
} as const;
