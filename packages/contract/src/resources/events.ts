import { z } from "zod";
import { ProjectId, TicketId } from "../ids.ts";
import { Instant } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { Actor } from "./actors.ts";
import { Ticket } from "./tickets.ts";

/** Names of everything the journal can say: past tense, stable. */
export const eventTypes = [
  "ticket.created",
  "ticket.claimed",
  "ticket.assigned",
  "ticket.transferred",
  "ticket.completed",
  "ticket.postponed",
  "ticket.returned",
  "ticket.reopened",
  "ticket.changed",
  "ticket.rated",
  "ticket.merged",
  "ticket.unmerged",
  "ticket.split",
  "ticket.restored",
  "ticket.followed",
  "ticket.unfollowed",
  "ticket.linked",
  "ticket.unlinked",
  "message.added",
  "message.status_changed",
  "message.released",
  "message.withdrawn",
  "note.added",
  "confirmation.issued",
  "confirmation.delivered",
  "confirmation.opened",
  "confirmation.answered",
  "confirmation.confirmed",
  "confirmation.refused",
  "confirmation.question_asked",
  "confirmation.expired",
  "confirmation.revoked",
  "confirmation.superseded",
  "contact.added",
  "contact.changed",
  "contact.identified",
  "contact.merged",
  "contact.unmerged",
  "contact_field.added",
  "contact_field.changed",
  "contact_field.archived",
  "member.added",
  "member.changed",
  "member.status_changed",
  "session.started",
  "session.ended",
  "password.changed",
  "step_up.enrolled",
  "step_up.codes_renewed",
  "step_up.removed",
  "key.created",
  "key.revoked",
  "key.signing_changed",
  "project.added",
  "project.changed",
  "topic.added",
  "topic.changed",
  "topic.archived",
  "team.added",
  "team.changed",
  "team.archived",
  "view.added",
  "view.changed",
  "view.deleted",
  "view.restored",
  "label.added",
  "label.changed",
  "bulk.started",
  "bulk.finished",
  "bulk.cancelled",
  "bulk.undone",
  "channel.added",
  "channel.changed",
  "channel.secret_added",
  "channel.secret_removed",
  "webhook.added",
  "webhook.changed",
  "webhook.removed",
  "webhook.secret_rotated",
  "webhook.paused",
  "webhook.disabled",
  "payout.created",
  "payout.suspected",
  "payout.approval_requested",
  "payout.merchant_answered",
  "payout.processing",
  "payout.doubted",
  "payout.resumed",
  "payout.paid",
  "payout.failed",
  "payout.cancelled",
  "payout.destination_shown",
  "payout.contradicted",
  "payout_desk.added",
  "payout_desk.changed",
  "payout_desk.funded",
  "payout_rate.added",
] as const;
export type EventType = (typeof eventTypes)[number];

/** One entry of the journal. The first message of a ticket is part of `ticket.created`; later ones are `message.added`. */
export const JournalEvent = z
  .object({
    cursor: z.string(),
    type: z.enum(eventTypes),
    at: Instant,
    actor: Actor,
    project: ProjectId.nullable(),
    ticket: TicketId.nullable(),
    seq: z.int(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "JournalEvent" });
export type JournalEvent = z.infer<typeof JournalEvent>;

/** What travels on the stream: the event, and the ticket as it stands now, so that a list needs no second question. */
export const StreamEvent = JournalEvent.extend({ current: Ticket.omit({ actions: true }).nullable() }).meta({
  id: "StreamEvent",
});
export type StreamEvent = z.infer<typeof StreamEvent>;

const access = { by: "principal", scope: "tickets:read", role: "operator" } as const;

export const eventRoutes = {
  list: defineRoute({
    name: "events.list",
    method: "GET",
    path: "/v1/events",
    summary: "The journal after a cursor, in commit order, within what the caller may see",
    access,
    rate: "read",
    query: z.object({
      after: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    success: { status: 200, schema: z.object({ data: z.array(JournalEvent), nextCursor: z.string() }) },
    errors: ["invalid_cursor"],
  }),
  stream: defineRoute({
    name: "events.stream",
    method: "GET",
    path: "/v1/stream",
    summary: "The journal live, as server-sent events; resumes after `Last-Event-ID`",
    access,
    rate: "stream",
    query: z.object({
      after: z
        .string()
        .max(100)
        .optional()
        .describe("Where to start when there is no `Last-Event-ID`; the present if absent"),
    }),
    success: { status: 200, schema: StreamEvent, produces: "text/event-stream" },
    errors: ["invalid_cursor"],
  }),
} as const;
