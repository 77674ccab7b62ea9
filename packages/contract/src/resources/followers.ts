import { z } from "zod";
import { MemberId, TicketId } from "../ids.ts";
import { Instant } from "../paging.ts";
import { defineRoute } from "../route.ts";

export const maxFollowersPerTicket = 100;

export const Follower = z
  .object({ member: MemberId, name: z.string(), followedAt: Instant })
  .meta({ id: "Follower" });
export type Follower = z.infer<typeof Follower>;

const ticket = z.object({ id: TicketId });
const one = z.object({
  id: TicketId,
  member: z.union([MemberId, z.literal("me")]).describe("`me`: the signed-in caller"),
});
const answer = { status: 200, schema: z.object({ data: z.array(Follower) }) } as const;
const write = {
  access: { by: "principal", scope: "tickets:write", role: "operator" },
  rate: "write",
} as const;

export const followerRoutes = {
  list: defineRoute({
    name: "followers.list",
    method: "GET",
    path: "/v1/tickets/{id}/followers",
    summary: "Who follows the ticket, in the order they began",
    access: { by: "principal", scope: "tickets:read", role: "operator" },
    rate: "read",
    params: ticket,
    success: answer,
    errors: ["not_found"],
  }),
  add: defineRoute({
    name: "followers.add",
    method: "PUT",
    path: "/v1/tickets/{id}/followers/{member}",
    summary: "Let a member of the ticket's project follow it; nothing happens if they do",
    ...write,
    params: one,
    success: answer,
    errors: ["not_found", "unknown_reference", "limit_reached"],
  }),
  remove: defineRoute({
    name: "followers.remove",
    method: "DELETE",
    path: "/v1/tickets/{id}/followers/{member}",
    summary: "Let a member no longer follow the ticket; nothing happens if they do not",
    ...write,
    params: one,
    success: answer,
    errors: ["not_found"],
  }),
} as const;
