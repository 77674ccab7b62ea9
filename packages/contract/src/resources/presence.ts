import { z } from "zod";
import { ContactId, MemberId, TicketId } from "../ids.ts";
import { Instant } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { Availability, AvailabilityStatus } from "./availability.ts";

export const Doing = z
  .enum(["viewing", "typing"])
  .meta({ id: "Doing", description: "`typing`: a reply to the customer is being written" });
export type Doing = z.infer<typeof Doing>;

/**
 * What the stream says about presence: `event: presence`, without an id. With `reset` it is everything that is known now; without, what
 * has changed since. `doing: null` means gone. `active: false`: no touch of key or pointer for five minutes.
 */
export const PresenceFrame = z
  .object({
    reset: z.boolean(),
    tickets: z.array(
      z.object({
        ticket: TicketId,
        who: z.object({
          kind: z.enum(["member", "contact"]),
          id: z.union([MemberId, ContactId]),
          name: z.string().meta({ personal: true }),
        }),
        doing: Doing.nullable(),
      }),
    ),
    members: z.array(
      z.object({ member: MemberId, active: z.boolean().optional(), availability: Availability.optional() }),
    ),
  })
  .meta({ id: "PresenceFrame" });
export type PresenceFrame = z.infer<typeof PresenceFrame>;

export const presenceRoutes = {
  announce: defineRoute({
    name: "presence.announce",
    method: "POST",
    path: "/v1/presence",
    summary: "Say which ticket the caller is looking at, or writing in; to be repeated every few seconds",
    access: { by: "session" },
    rate: "presence",
    body: z.object({
      ticket: TicketId.nullable(),
      doing: Doing.nullable().default("viewing").describe("null: has left the ticket"),
      active: z.boolean().default(false).describe("A key or the pointer was touched since the last call"),
      tab: z
        .string()
        .max(40)
        .default("")
        .describe("One tab of the browser: at one ticket at a time. Two tabs of one person count once"),
    }),
    success: { status: 204 },
    errors: ["not_found"],
  }),
  setStatus: defineRoute({
    name: "presence.setStatus",
    method: "PUT",
    path: "/v1/me/status",
    summary: "Choose what colleagues see: available, busy or away, with an optional end",
    access: { by: "session" },
    rate: "write",
    body: z.object({ status: AvailabilityStatus, until: Instant.nullable().default(null) }),
    success: { status: 200, schema: Availability },
    errors: [],
  }),
} as const;
