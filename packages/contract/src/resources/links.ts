import { z } from "zod";
import { TicketId } from "../ids.ts";
import { Instant } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { Ticket } from "./tickets.ts";

export const maxLinksPerTicket = 100;

/** What the ticket is to the other: read it as "this ticket is … the other". */
export const Relation = z
  .enum(["related", "duplicate_of", "duplicated_by", "child_of", "parent_of"])
  .meta({ id: "Relation" });
export type Relation = z.infer<typeof Relation>;

export const TicketLink = z
  .object({
    relation: Relation.describe("What the ticket is to `other`"),
    other: Ticket.pick({ id: true, number: true, project: true, subject: true, phase: true }),
    linkedAt: Instant,
  })
  .meta({ id: "TicketLink" });
export type TicketLink = z.infer<typeof TicketLink>;

const ticket = z.object({ id: TicketId });
const pair = z.object({ id: TicketId, other: TicketId });
const answer = { status: 200, schema: z.object({ data: z.array(TicketLink) }) } as const;
const write = {
  access: { by: "principal", scope: "tickets:write", role: "operator" },
  rate: "write",
} as const;

export const linkRoutes = {
  list: defineRoute({
    name: "links.list",
    method: "GET",
    path: "/v1/tickets/{id}/links",
    summary: "Tickets that belong together with this one, as far as the caller may see them",
    access: { by: "principal", scope: "tickets:read", role: "operator" },
    rate: "read",
    params: ticket,
    success: answer,
    errors: ["not_found"],
  }),
  put: defineRoute({
    name: "links.put",
    method: "PUT",
    path: "/v1/tickets/{id}/links/{other}",
    summary: "Link two tickets; one link a pair, so another relation takes the place of the former",
    ...write,
    params: pair,
    body: z.object({ relation: Relation.default("related") }),
    success: answer,
    errors: ["not_found", "already_exists", "limit_reached"],
  }),
  remove: defineRoute({
    name: "links.remove",
    method: "DELETE",
    path: "/v1/tickets/{id}/links/{other}",
    summary: "Part two tickets; nothing happens if they are not linked",
    ...write,
    params: pair,
    success: answer,
    errors: ["not_found"],
  }),
} as const;
