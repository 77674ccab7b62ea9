import { z } from "zod";
import { BulkId, TicketId, TopicId } from "../ids.ts";
import { Instant } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { SearchText } from "./search-text.ts";
import { actionBodies, labelsInput, Priority, ticketListQuery } from "./tickets.ts";

/** At most so many tickets a bulk: of a longer list the first ones are taken, and the answer says so. */
export const maxBulkTickets = 10_000;
const maxBulkIds = 1_000;

/** What is done to each ticket: the flow's actions, and labels added or removed one by one. */
export const BulkAction = z
  .discriminatedUnion("action", [
    z.object({ action: z.literal("assign"), body: actionBodies.assign }),
    z.object({ action: z.literal("complete"), body: actionBodies.complete }),
    z.object({ action: z.literal("postpone"), body: actionBodies.postpone }),
    z.object({ action: z.literal("reopen"), body: actionBodies.reopen }),
    z.object({
      action: z.literal("set"),
      body: z
        .object({
          topic: TopicId.nullable().optional(),
          priority: Priority.optional(),
          addLabels: labelsInput.optional(),
          removeLabels: labelsInput.optional(),
        })
        .refine((value) => Object.keys(value).length > 0, { error: "names nothing to set" }),
    }),
  ])
  .meta({ id: "BulkAction" });
export type BulkAction = z.infer<typeof BulkAction>;

/** Which tickets: by id, or everything a list shows. A list is frozen when the bulk begins: what comes later is not touched. */
export const BulkMatch = z.union([
  z.object({ ids: z.array(TicketId).min(1).max(maxBulkIds) }),
  z.object({
    list: ticketListQuery.omit({ limit: true, cursor: true }).extend({ q: SearchText.optional() }),
  }),
]);
export type BulkMatch = z.infer<typeof BulkMatch>;

const BulkInput = z.intersection(BulkAction, z.object({ match: BulkMatch }));
export type BulkInput = z.infer<typeof BulkInput>;

export const BulkPreview = z
  .object({
    total: z.int().describe("How many tickets it would be done to"),
    capped: z.boolean().describe("More match than one bulk takes"),
    others: z.int().describe("assigned to somebody else"),
    skipped: z.int().describe("whose state does not allow it now"),
  })
  .meta({ id: "BulkPreview" });
export type BulkPreview = z.infer<typeof BulkPreview>;

/** Tickets that were left out, by reason; of many only the first are named. */
const LeftOut = z.object({
  reason: z.string().describe("An error code, `unchanged`, or `touched`: somebody changed it since"),
  count: z.int(),
  numbers: z.array(z.int()).max(20),
});

export const Bulk = z
  .object({
    id: BulkId,
    action: z.enum(["assign", "complete", "postpone", "reopen", "set"]),
    state: z.enum(["running", "cancelled", "finished", "undoing", "undone"]),
    total: z.int(),
    capped: z.boolean(),
    done: z.int(),
    skipped: z.int().describe("It made no difference, or the ticket's state did not allow it"),
    refused: z.int(),
    undone: z.int().describe("Put back as they were"),
    leftOut: z.array(LeftOut),
    leftOutOfUndo: z.array(LeftOut),
    createdAt: Instant,
    finishedAt: Instant.nullable(),
  })
  .meta({ id: "Bulk" });
export type Bulk = z.infer<typeof Bulk>;

const id = z.object({ id: BulkId });
const write = {
  access: { by: "principal", scope: "tickets:write", role: "operator" },
  rate: "write",
} as const;
const read = { access: { by: "principal", scope: "tickets:read", role: "operator" }, rate: "read" } as const;

export const bulkRoutes = {
  preview: defineRoute({
    name: "bulk.preview",
    method: "POST",
    path: "/v1/bulk/preview",
    summary: "What a bulk would do, without doing it",
    ...write,
    body: BulkInput,
    success: { status: 200, schema: BulkPreview },
    errors: ["not_found"],
  }),
  start: defineRoute({
    name: "bulk.start",
    method: "POST",
    path: "/v1/bulk",
    summary: "Do one thing to many tickets, one after the other, each with its own outcome",
    ...write,
    body: BulkInput,
    success: { status: 202, schema: Bulk },
    errors: ["not_found", "idempotency_mismatch"],
  }),
  list: defineRoute({
    name: "bulk.list",
    method: "GET",
    path: "/v1/bulk",
    summary: "The caller's last bulks, newest first",
    ...read,
    success: { status: 200, schema: z.object({ data: z.array(Bulk) }) },
    errors: [],
  }),
  get: defineRoute({
    name: "bulk.get",
    method: "GET",
    path: "/v1/bulk/{id}",
    summary: "How far a bulk is; only for whoever began it",
    ...read,
    params: id,
    success: { status: 200, schema: Bulk },
    errors: ["not_found"],
  }),
  cancel: defineRoute({
    name: "bulk.cancel",
    method: "POST",
    path: "/v1/bulk/{id}/cancel",
    summary: "Stop a running bulk; what it has done stays done",
    ...write,
    params: id,
    success: { status: 200, schema: Bulk },
    errors: ["not_found"],
  }),
  undo: defineRoute({
    name: "bulk.undo",
    method: "POST",
    path: "/v1/bulk/{id}/undo",
    summary:
      "Put each ticket back as it was, unless somebody touched it since; a running bulk is stopped first",
    ...write,
    params: id,
    success: { status: 202, schema: Bulk },
    errors: ["not_found"],
  }),
} as const;
