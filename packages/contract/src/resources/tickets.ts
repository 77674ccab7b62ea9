import { z } from "zod";
import {
  AttachmentId,
  ChannelId,
  ContactId,
  MemberId,
  ProjectId,
  TeamId,
  TicketId,
  TopicId,
  ViewId,
} from "../ids.ts";
import { Instant, page, pageQuery } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { body, line } from "../text.ts";
import { Actor } from "./actors.ts";
import { ContactInput } from "./contacts.ts";
import { maxAttachmentsPerMessage, maxBodyLength } from "./messages.ts";
import { SearchText } from "./search-text.ts";

export const Phase = z.enum(["open", "waiting", "done"]).meta({ id: "Phase" });
export type Phase = z.infer<typeof Phase>;

/** What a person outside sees of progress: nothing done yet, being worked on, closed. */
export const Progress = z.enum(["not_started", "in_work", "closed"]).meta({ id: "Progress" });
export type Progress = z.infer<typeof Progress>;

export const Priority = z.enum(["low", "normal", "high", "urgent"]).meta({ id: "Priority" });
export type Priority = z.infer<typeof Priority>;

export const TicketAction = z
  .enum(["claim", "assign", "transfer", "complete", "postpone", "reopen", "set"])
  .meta({ id: "TicketAction" });
export type TicketAction = z.infer<typeof TicketAction>;

export const labelsInput = z
  .array(line(40))
  .max(10)
  .overwrite((names) => [...new Set(names)]);

export const Ticket = z
  .object({
    id: TicketId,
    number: z.int(),
    kind: z.string(),
    project: ProjectId,
    state: z.string(),
    phase: Phase,
    progress: Progress,
    subject: z.string().meta({ personal: true }),
    topic: TopicId.nullable(),
    priority: Priority,
    labels: z.array(z.string()),
    contact: z.object({ id: ContactId, name: z.string().nullable().meta({ personal: true }) }).nullable(),
    channel: ChannelId.nullable(),
    channelType: z.string().nullable(),
    assignee: z.object({ id: MemberId, name: z.string() }).nullable(),
    team: z
      .object({ id: TeamId, name: z.string() })
      .nullable()
      .describe("The team that takes it among its own"),
    mergedInto: TicketId.nullable().describe("The ticket that took this one in"),
    outcome: z.string().nullable(),
    waitingFor: z.enum(["reply", "time"]).nullable(),
    dueAt: Instant.nullable().describe("When a postponed ticket comes back"),
    lastMessage: z
      .object({ preview: z.string().meta({ personal: true }), by: z.enum(["customer", "us"]), at: Instant })
      .nullable(),
    waitingSince: Instant.nullable().describe("Since when the customer has had no answer"),
    seq: z.int().describe("The newest event of the ticket"),
    messageSeq: z.int().describe("The newest message or note: what a reply sends as `seenSeq`"),
    createdAt: Instant,
    activityAt: Instant,
    completedAt: Instant.nullable(),
    actions: z.array(TicketAction).describe("What the caller may do now"),
  })
  .meta({ id: "Ticket" });
export type Ticket = z.infer<typeof Ticket>;

export const NewTicket = z
  .object({
    subject: line(300).meta({ personal: true }),
    body: body(maxBodyLength).meta({ personal: true }),
    contact: ContactInput.default({}),
    topic: TopicId.optional(),
    priority: Priority.default("normal"),
    labels: labelsInput.default([]),
    project: ProjectId.optional().describe("The workspace's first project if absent"),
    attachments: z.array(AttachmentId).max(maxAttachmentsPerMessage).default([]),
    opening: z
      .enum(["customer", "us", "note"])
      .default("customer")
      .describe(
        "Whose words `body` are: the customer's; ours, sent by `channel`, and the ticket waits for the reply; or a note for ourselves",
      ),
    channel: ChannelId.optional().describe(
      "By which channel our first words leave; in a dialogue the contact must have written there. Only for `opening: us`",
    ),
    assignee: z
      .literal("me")
      .optional()
      .describe("Whoever creates the ticket keeps it; for people, not keys"),
    completed: z.boolean().default(false).describe("Settled already, as it is written down"),
  })
  .meta({ id: "NewTicket" });
export type NewTicket = z.infer<typeof NewTicket>;

export const TicketEvent = z
  .object({
    cursor: z
      .string()
      .nullable()
      .describe("The place in the journal; null for the moment before it is sequenced"),
    type: z.string(),
    ticket: TicketId,
    seq: z.int(),
    actor: Actor,
    at: Instant,
    data: z.record(z.string(), z.unknown()).describe("Ids, facts and digests; no personal values"),
  })
  .meta({ id: "TicketEvent" });
export type TicketEvent = z.infer<typeof TicketEvent>;

export const actionBodies = {
  claim: z.object({}),
  assign: z.union([
    z.object({ member: MemberId.nullable().describe("null gives the ticket back to everyone") }),
    z.object({ team: TeamId.nullable().describe("null takes it out of its team") }),
  ]),
  transfer: z.union([
    z.object({ member: MemberId, note: body(5000) }),
    z.object({ team: TeamId, note: body(5000) }),
  ]),
  complete: z.object({ outcome: line(100).optional() }),
  postpone: z.union([z.object({ until: Instant }), z.object({ untilReply: z.literal(true) })]),
  reopen: z.object({}),
  set: z
    .object({
      subject: line(300).optional().meta({ personal: true }),
      topic: TopicId.nullable().optional(),
      priority: Priority.optional(),
      labels: labelsInput.optional(),
    })
    .refine((value) => Object.keys(value).length > 0, { error: "names nothing to set" }),
} as const satisfies Record<TicketAction, z.ZodType>;
export type ActionBodies = { [A in TicketAction]: z.output<(typeof actionBodies)[A]> };

export const ticketSorts = ["newest", "activity", "important", "waiting"] as const;

const minutes = z.coerce.number().int().min(0).max(5_256_000);

const filters = {
  kind: z.string().max(40).optional(),
  phase: Phase.optional(),
  assignee: z.union([MemberId, z.enum(["me", "none"])]).optional(),
  project: ProjectId.optional(),
  topic: z.union([TopicId, z.literal("none")]).optional(),
  label: z.string().max(40).optional(),
  contact: ContactId.optional(),
  team: z
    .union([TeamId, z.enum(["mine", "none"])])
    .optional()
    .describe("`mine`: any of the caller's teams"),
  following: z.literal("me").optional().describe("Those the caller follows"),
  view: ViewId.optional().describe("Within a saved view, and in its order if `sort` is absent"),
  unansweredFor: minutes
    .optional()
    .describe("Open, the last word is the customer's, and they have waited for at least so many minutes"),
  unansweredUnder: minutes.optional().describe("The same for less than so many minutes"),
};

/** What a list of tickets is asked by; a bulk takes the same. */
export const ticketListQuery = z.object({
  ...pageQuery,
  ...filters,
  sort: z
    .enum(ticketSorts)
    .optional()
    .describe(
      "`newest` if absent; `important`: by the weight of labels, then by activity; `waiting`: those without an answer, the longest first",
    ),
});

const id = z.object({ id: TicketId });
const read = { access: { by: "principal", scope: "tickets:read", role: "operator" }, rate: "read" } as const;
const write = {
  access: { by: "principal", scope: "tickets:write", role: "operator" },
  rate: "write",
} as const;

export const ticketRoutes = {
  create: defineRoute({
    name: "tickets.create",
    method: "POST",
    path: "/v1/tickets",
    summary: "Open an inquiry: in a customer's name, by our own first words, or as a note",
    ...write,
    body: NewTicket,
    success: { status: 201, schema: Ticket },
    errors: ["unknown_reference", "idempotency_mismatch", "conversation_already_open"],
  }),
  list: defineRoute({
    name: "tickets.list",
    method: "GET",
    path: "/v1/tickets",
    summary:
      "Tickets of all kinds the caller may see, newest first. A page may be short or empty and still have a `nextCursor`: rare conditions are looked for step by step",
    ...read,
    query: ticketListQuery.extend({
      q: SearchText.optional().describe(
        "Searched as by `GET /v1/search`, operators included; refused together with `view`, `team=mine`, `following`, `unanswered…` and the order `waiting`",
      ),
    }),
    success: { status: 200, schema: page(Ticket) },
    errors: ["invalid_cursor", "not_found"],
  }),
  counts: defineRoute({
    name: "tickets.counts",
    method: "GET",
    path: "/v1/tickets/counts",
    summary: "Exact numbers for the inbox's rail",
    ...read,
    query: z.object({ project: ProjectId.optional() }),
    success: {
      status: 200,
      schema: z
        .object({
          mine: z.int().describe("open, assigned to the caller"),
          unassigned: z.int().describe("open, assigned to nobody"),
          open: z.int(),
          waiting: z.int(),
          done: z.int(),
          completedToday: z
            .int()
            .describe("completed by the caller since midnight in the project's time zone"),
          unanswered: z.int().describe("open, and the last word is the customer's; stops at 1,000"),
          byProject: z.array(z.object({ project: ProjectId, open: z.int(), waiting: z.int() })),
          byTeam: z.array(z.object({ team: TeamId, open: z.int(), unassigned: z.int(), waiting: z.int() })),
        })
        .meta({ id: "TicketCounts" }),
    },
    errors: [],
  }),
  get: defineRoute({
    name: "tickets.get",
    method: "GET",
    path: "/v1/tickets/{id}",
    summary: "One ticket",
    ...read,
    params: id,
    success: { status: 200, schema: Ticket },
    errors: ["not_found"],
  }),
  events: defineRoute({
    name: "tickets.events",
    method: "GET",
    path: "/v1/tickets/{id}/events",
    summary: "Who did what, when and why: the ticket's history, newest first",
    ...read,
    params: id,
    query: z.object({ ...pageQuery }),
    success: { status: 200, schema: page(TicketEvent) },
    errors: ["not_found", "invalid_cursor"],
  }),
} as const;

function action<A extends TicketAction, B extends z.ZodType>(name: A, bodySchema: B, summary: string) {
  return defineRoute<typeof id, z.ZodType, B, typeof Ticket>({
    name: `tickets.${name}`,
    method: "POST",
    path: `/v1/tickets/{id}/actions/${name}`,
    summary,
    ...write,
    params: id,
    body: bodySchema,
    success: { status: 200, schema: Ticket },
    errors: [
      "not_found",
      "ticket_merged",
      "action_not_allowed",
      "already_claimed",
      "unknown_reference",
      "conversation_already_open",
    ],
  });
}

export const ticketActionRoutes = {
  claim: action(
    "claim",
    actionBodies.claim,
    "Take an unassigned ticket: one winner, the others are told who",
  ),
  assign: action("assign", actionBodies.assign, "Give the ticket to a member or a team, or back to everyone"),
  transfer: action("transfer", actionBodies.transfer, "Hand the ticket over with a note"),
  complete: action("complete", actionBodies.complete, "Settle the ticket: it leaves the inbox"),
  postpone: action(
    "postpone",
    actionBodies.postpone,
    "Put the ticket off until a time, or until the customer answers",
  ),
  reopen: action("reopen", actionBodies.reopen, "Bring a postponed or completed ticket back"),
  set: action("set", actionBodies.set, "Set subject, topic, priority or labels"),
} as const satisfies Record<TicketAction, unknown>;
