import { z } from "zod";
import { MemberId, ProjectId, TeamId, TopicId } from "../ids.ts";
import { Instant } from "../paging.ts";
import { defineRoute } from "../route.ts";

/** Where the ages of unanswered tickets are divided, in minutes: up to 15 minutes, an hour, four, a day, and longer. */
export const unansweredBands = [0, 15, 60, 240, 1440] as const;

const Counts = z.array(z.int()).describe("One number a band, the youngest first");

const line = z.object({ tickets: z.int(), counts: Counts, oldest: Instant });

export const UnansweredReport = z
  .object({
    at: Instant,
    total: z.int(),
    more: z.boolean().describe("There are more than were counted: the oldest ones are all in the numbers"),
    bands: z.array(z.object({ fromMinutes: z.int(), toMinutes: z.int().nullable(), tickets: z.int() })),
    byProject: z.array(line.extend({ project: ProjectId })),
    byAssignee: z.array(line.extend({ assignee: MemberId.nullable() })),
    byTeam: z.array(line.extend({ team: TeamId.nullable() })),
    byTopic: z.array(line.extend({ topic: TopicId.nullable() })),
  })
  .meta({ id: "UnansweredReport" });
export type UnansweredReport = z.infer<typeof UnansweredReport>;
export const reportRoutes = {
  unanswered: defineRoute({
    name: "reports.unanswered",
    method: "GET",
    path: "/v1/reports/unanswered",
    summary: "Open tickets whose last word is the customer's: how many, how old, and whose",
    access: { by: "principal", scope: "tickets:read", role: "operator" },
    rate: "read",
    query: z.object({ project: ProjectId.optional() }),
    success: { status: 200, schema: UnansweredReport },
    errors: [],
  }),
} as const;
