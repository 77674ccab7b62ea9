import { z } from "zod";
import { MessageId, TicketId } from "../ids.ts";
import { defineRoute } from "../route.ts";
import { line } from "../text.ts";
import { Ticket } from "./tickets.ts";

const id = z.object({ id: TicketId });
const access = { by: "principal", scope: "tickets:write", role: "operator" } as const;

/** A merge or its undo answers with both tickets as they now stand. */
export const MergedTickets = z
  .object({
    source: Ticket.describe("The ticket that is merged away, or stands by itself again"),
    survivor: Ticket.describe("The ticket that has, or had, everything"),
  })
  .meta({ id: "MergedTickets" });
export type MergedTickets = z.infer<typeof MergedTickets>;

export const mergingRoutes = {
  merge: defineRoute({
    name: "tickets.merge",
    method: "POST",
    path: "/v1/tickets/{id}/merge",
    summary:
      "Merge the ticket into another of the same contact: messages and notes go there, and what comes later too. Each customer goes on seeing their own conversation alone",
    access,
    rate: "write",
    params: id,
    body: z.object({ into: TicketId }),
    success: { status: 200, schema: MergedTickets },
    errors: [
      "not_found",
      "unknown_reference",
      "different_contacts",
      "ticket_merged",
      "action_not_allowed",
      "conversation_already_open",
    ],
  }),
  unmerge: defineRoute({
    name: "tickets.unmerge",
    method: "POST",
    path: "/v1/tickets/{id}/unmerge",
    summary:
      "Undo the merge of a merged ticket: it stands again with exactly what it had and what came by its own conversation since",
    access,
    rate: "write",
    params: id,
    success: { status: 200, schema: MergedTickets },
    errors: ["not_found", "action_not_allowed", "ticket_merged", "conversation_already_open"],
  }),
  split: defineRoute({
    name: "messages.split",
    method: "POST",
    path: "/v1/tickets/{id}/messages/{message}/split",
    summary:
      "Make a ticket of its own from a message; the customer's conversation stays one. Merging it back undoes it",
    access,
    rate: "write",
    params: z.object({ id: TicketId, message: MessageId }),
    body: z.object({
      subject: line(300).meta({ personal: true }),
      following: z.boolean().default(false).describe("Take everything after the message along"),
    }),
    success: { status: 201, schema: Ticket },
    errors: ["not_found", "ticket_merged", "action_not_allowed"],
  }),
} as const;
