import { z } from "zod";
import { MemberId, ProjectId, TeamId } from "../ids.ts";
import { defineRoute } from "../route.ts";
import { line } from "../text.ts";
import { labelHues } from "./projects.ts";

/** Who works together in a project. */
export const Team = z
  .object({
    id: TeamId,
    project: ProjectId,
    name: z.string(),
    hue: z.enum(labelHues),
    members: z.array(MemberId),
  })
  .meta({ id: "Team" });
export type Team = z.infer<typeof Team>;

/** A team that everybody is in tells nobody whose a ticket is. */
export const membersPerTeam = 200;

const members = z
  .array(MemberId)
  .max(membersPerTeam)
  .overwrite((ids) => [...new Set(ids)]);

const write = { access: { by: "principal", scope: "settings:write", role: "admin" }, rate: "write" } as const;
const id = z.object({ id: TeamId });

export const teamRoutes = {
  list: defineRoute({
    name: "teams.list",
    method: "GET",
    path: "/v1/teams",
    summary: "Teams of the caller's projects, by name",
    access: { by: "principal", scope: "settings:read", role: "operator" },
    rate: "read",
    query: z.object({ project: ProjectId.optional() }),
    success: { status: 200, schema: z.object({ data: z.array(Team) }) },
    errors: [],
  }),
  create: defineRoute({
    name: "teams.create",
    method: "POST",
    path: "/v1/teams",
    summary: "Add a team",
    ...write,
    body: z.object({
      project: ProjectId,
      name: line(60),
      hue: z.enum(labelHues).default("teal"),
      members: members.default([]),
    }),
    success: { status: 201, schema: Team },
    errors: ["already_exists", "unknown_reference"],
  }),
  update: defineRoute({
    name: "teams.update",
    method: "PATCH",
    path: "/v1/teams/{id}",
    summary: "Change a team's name, hue or members",
    ...write,
    params: id,
    body: z.object({
      name: line(60).optional(),
      hue: z.enum(labelHues).optional(),
      members: members.optional().describe("All of them: who is absent leaves the team"),
    }),
    success: { status: 200, schema: Team },
    errors: ["not_found", "already_exists", "unknown_reference"],
  }),
  archive: defineRoute({
    name: "teams.archive",
    method: "DELETE",
    path: "/v1/teams/{id}",
    summary: "Take a team out of use; tickets keep it, and nothing new goes to it",
    ...write,
    params: id,
    success: { status: 204 },
    errors: ["not_found"],
  }),
} as const;
