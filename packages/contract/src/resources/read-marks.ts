import { z } from "zod";
import { TicketId } from "../ids.ts";
import { defineRoute } from "../route.ts";

export const readMarkRoutes = {
  mark: defineRoute({
    name: "readMarks.mark",
    method: "POST",
    path: "/v1/tickets/{id}/read",
    summary:
      "We have read what the customer wrote, up to this `seq`; where the channel can show it, the customer sees it",
    access: { by: "principal", scope: "tickets:write", role: "operator" },
    rate: "write",
    params: z.object({ id: TicketId }),
    body: z.object({
      upTo: z
        .int()
        .min(1)
        .max(2 ** 31 - 1),
    }),
    success: {
      status: 200,
      schema: z.object({ marked: z.int().describe("How many messages were unread until now") }),
    },
    errors: ["not_found"],
  }),
} as const;
