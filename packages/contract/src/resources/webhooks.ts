import { z } from "zod";
import { ProjectId, TicketId, WebhookDeliveryId, WebhookId } from "../ids.ts";
import { Instant, page, pageQuery } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { line } from "../text.ts";
import { Actor } from "./actors.ts";
import { eventTypes, JournalEvent } from "./events.ts";
import { Ticket } from "./tickets.ts";

/** Of one project, or of the whole workspace. */
export const maxWebhooks = 20;
/** The pauses before each attempt after the one before it, in seconds: at once, then up to a day. */
export const webhookSchedule = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
/** An endpoint that has failed for this long without one success is paused. */
export const webhookPatienceHours = 72;
/** The delivery log is kept this long. */
export const webhookLogDays = 30;

/** Does an endpoint with this filter hear of this event? An empty filter hears all; `payout.*` hears every event of payouts. */
export function hearsEvent(filter: readonly string[], type: string): boolean {
  return (
    filter.length === 0 ||
    filter.some((each) => each === type || (each.endsWith(".*") && type.startsWith(each.slice(0, -1))))
  );
}

const filter = z
  .array(
    z
      .string()
      .max(60)
      .refine((each) => eventTypes.some((type) => hearsEvent([each], type)), {
        error: "is no event, nor a pattern such as `ticket.*` that some event fits",
      }),
  )
  .max(50)
  .overwrite((names) => [...new Set(names)])
  .describe("Names of events, or patterns such as `ticket.*`; empty: all");
const url = z
  .url({ protocol: /^https?$/u })
  .max(2_000)
  .describe("http or https, without credentials, on the open Internet");

/** What came of an attempt: a status, or why there was no answer. */
const Result = {
  at: Instant,
  status: z.int().nullable().describe("The status of the answer; null when there was none"),
  error: z
    .enum(["private_address", "bad_url", "port", "dns", "connect", "tls", "timeout", "protocol", "too_long"])
    .nullable()
    .describe("Why there was no answer"),
};
export type WebhookError = NonNullable<z.infer<typeof Result.error>>;

export const Webhook = z
  .object({
    id: WebhookId,
    project: ProjectId.nullable().describe("null: everything that happens in the workspace"),
    url: z.string(),
    description: z.string(),
    events: z.array(z.string()),
    state: z
      .enum(["active", "paused", "disabled"])
      .describe(
        "`paused`: after days of nothing but failures; collects and sends nothing until it is enabled",
      ),
    why: z
      .enum(["failing", "gone", "hand"])
      .nullable()
      .describe("Why it is not active; `gone`: it answered 410"),
    failingSince: Instant.nullable().describe("Since when every attempt has failed"),
    throttledUntil: Instant.nullable().describe("The receiver asked for patience until then"),
    last: z
      .object({ ...Result, ok: z.boolean() })
      .nullable()
      .describe("The latest attempt, to within seconds"),
    secrets: z
      .array(z.object({ hint: z.string(), createdAt: Instant, expiresAt: Instant.nullable() }))
      .describe("The newest first; during a rotation each attempt is signed with both"),
    createdAt: Instant,
  })
  .meta({ id: "Webhook" });
export type Webhook = z.infer<typeof Webhook>;

const WithSecret = z
  .object({ secret: z.string().describe("`whsec_…`; never shown again"), webhook: Webhook })
  .meta({ id: "WebhookWithSecret" });

export const WebhookDelivery = z
  .object({
    id: WebhookDeliveryId.describe("Is sent as `webhook-id`: the same for every attempt and every replay"),
    webhook: WebhookId.nullable().describe("null: a call-back to an address given for one ticket"),
    ticket: TicketId.nullable(),
    type: z.string().describe("The event, or what the call-back tells of"),
    url: z.string().nullable().describe("Of a call-back"),
    state: z
      .enum(["waiting", "succeeded", "failed", "dropped"])
      .describe("`failed`: every attempt is used up; `dropped`: the endpoint was switched off or removed"),
    attempts: z.int(),
    last: z.object(Result).nullable(),
    nextAt: Instant.nullable(),
    createdAt: Instant,
  })
  .meta({ id: "WebhookDelivery" });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const WebhookDeliveryDetail = WebhookDelivery.extend({
  body: z.string().describe("As it is sent, byte for byte").meta({ personal: true }),
  log: z
    .array(
      z.object({
        ...Result,
        durationMs: z.int(),
        response: z.string().describe("The first 1,000 letters of the answer").meta({ personal: true }),
      }),
    )
    .describe("The latest twenty attempts, the newest first"),
}).meta({ id: "WebhookDeliveryDetail" });
export type WebhookDeliveryDetail = z.infer<typeof WebhookDeliveryDetail>;

/** The ticket as a webhook tells of it: ids and facts. What is personal is fetched by whoever may read it. */
export const WebhookTicket = Ticket.omit({
  actions: true,
  subject: true,
  lastMessage: true,
  outcome: true,
}).extend({
  contact: Ticket.shape.contact.unwrap().pick({ id: true }).nullable(),
  assignee: Ticket.shape.assignee.unwrap().pick({ id: true }).nullable(),
  team: Ticket.shape.team.unwrap().pick({ id: true }).nullable(),
});
export type WebhookTicket = z.infer<typeof WebhookTicket>;

/** The body of every webhook. `ticket` is as it stood when the webhook was written: compare its `seq` with the event's. */
export const WebhookPayload = z
  .object({
    type: z.string(),
    timestamp: Instant.describe("When it happened"),
    data: z.object({
      event: JournalEvent.omit({ type: true, at: true }).extend({ actor: Actor.omit({ name: true }) }),
      ticket: WebhookTicket.nullable(),
    }),
  })
  .meta({ id: "WebhookPayload" });
export type WebhookPayload = z.infer<typeof WebhookPayload>;

const reads = { access: { by: "principal", scope: "settings:read", role: "admin" }, rate: "read" } as const;
const writes = {
  access: { by: "principal", scope: "settings:write", role: "admin" },
  rate: "write",
} as const;
const one = z.object({ id: WebhookId });
const oneDelivery = z.object({ id: WebhookDeliveryId });
const description = line(200).or(z.literal(""));

export const webhookRoutes = {
  list: defineRoute({
    name: "webhooks.list",
    method: "GET",
    path: "/v1/webhooks",
    summary:
      "The endpoints of the projects the caller administers; an owner also sees those of the workspace",
    ...reads,
    success: { status: 200, schema: z.object({ data: z.array(Webhook) }) },
    errors: [],
  }),
  get: defineRoute({
    name: "webhooks.get",
    method: "GET",
    path: "/v1/webhooks/{id}",
    summary: "One endpoint",
    ...reads,
    params: one,
    success: { status: 200, schema: Webhook },
    errors: ["not_found"],
  }),
  create: defineRoute({
    name: "webhooks.create",
    method: "POST",
    path: "/v1/webhooks",
    summary: "Add an endpoint; its secret is in this answer and never again",
    ...writes,
    body: z.object({
      project: ProjectId.nullable().describe("null: everything that happens in the workspace; for owners"),
      url,
      description: description.default(""),
      events: filter.default([]),
    }),
    success: { status: 201, schema: WithSecret },
    errors: ["unknown_reference", "limit_reached", "already_exists"],
  }),
  update: defineRoute({
    name: "webhooks.update",
    method: "PATCH",
    path: "/v1/webhooks/{id}",
    summary: "Change an endpoint; `enabled: true` also lets a paused one go on, with all that has waited",
    ...writes,
    params: one,
    body: z.object({
      url: url.optional(),
      description: description.optional(),
      events: filter.optional(),
      enabled: z.boolean().optional(),
    }),
    success: { status: 200, schema: Webhook },
    errors: ["not_found"],
  }),
  remove: defineRoute({
    name: "webhooks.remove",
    method: "DELETE",
    path: "/v1/webhooks/{id}",
    summary: "Remove an endpoint; what waits for it is not sent, its log stays for its time",
    ...writes,
    params: one,
    success: { status: 204 },
    errors: ["not_found"],
  }),
  rotateSecret: defineRoute({
    name: "webhooks.rotateSecret",
    method: "POST",
    path: "/v1/webhooks/{id}/rotate-secret",
    summary: "Make a new secret; the one before goes on signing beside it for a time",
    ...writes,
    params: one,
    body: z.object({
      keepOldHours: z.int().min(0).max(168).default(24).describe("0: the old one ends at once"),
    }),
    success: { status: 201, schema: WithSecret },
    errors: ["not_found", "already_exists"],
  }),
  test: defineRoute({
    name: "webhooks.test",
    method: "POST",
    path: "/v1/webhooks/{id}/test",
    summary: "Send `webhook.test` now, once, and answer what came of it",
    ...writes,
    params: one,
    success: { status: 200, schema: WebhookDeliveryDetail },
    errors: ["not_found"],
  }),
  replay: defineRoute({
    name: "webhooks.replay",
    method: "POST",
    path: "/v1/webhooks/{id}/replay",
    summary: "Send again what failed or was dropped since an instant: at most 10,000, the oldest first",
    ...writes,
    params: one,
    body: z.object({ since: Instant }),
    success: { status: 202, schema: z.object({ queued: z.int() }).meta({ id: "WebhooksReplayed" }) },
    errors: ["not_found"],
  }),
  deliveries: defineRoute({
    name: "webhooks.deliveries",
    method: "GET",
    path: "/v1/webhook-deliveries",
    summary: "What was sent or is to be sent in the last thirty days, newest first",
    ...reads,
    query: z.object({
      ...pageQuery,
      webhook: WebhookId.optional(),
      ticket: TicketId.optional(),
      state: WebhookDelivery.shape.state.optional(),
      type: z.string().max(60).optional().describe("The name of an event"),
    }),
    success: { status: 200, schema: page(WebhookDelivery) },
    errors: ["invalid_cursor"],
  }),
  delivery: defineRoute({
    name: "webhooks.delivery",
    method: "GET",
    path: "/v1/webhook-deliveries/{id}",
    summary: "One delivery with its body and its latest attempts",
    ...reads,
    params: oneDelivery,
    success: { status: 200, schema: WebhookDeliveryDetail },
    errors: ["not_found"],
  }),
  replayDelivery: defineRoute({
    name: "webhooks.replayDelivery",
    method: "POST",
    path: "/v1/webhook-deliveries/{id}/replay",
    summary: "Send one again, the same body under the same `webhook-id`, from the start of the schedule",
    ...writes,
    params: oneDelivery,
    success: { status: 202, schema: WebhookDelivery },
    errors: ["not_found"],
  }),
} as const;
