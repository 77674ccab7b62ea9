import { z } from "zod";
import { ProjectId, ViewId } from "../ids.ts";
import { defineRoute } from "../route.ts";
import { line } from "../text.ts";
import { ViewCondition } from "./conditions.ts";
import { labelHues } from "./projects.ts";
import { ticketSorts } from "./tickets.ts";

export const viewIcons = [
  "inbox",
  "star",
  "flag",
  "clock",
  "flame",
  "user",
  "users",
  "tag",
  "message",
  "phone",
  "cart",
  "truck",
  "card",
  "bug",
  "eye",
  "heart",
] as const;

/** More than this a person finds nothing among. */
export const viewsPerPerson = 100;
/** Counts stop here: beyond it a view is too wide to work through. */
export const viewCountCap = 1_000;

const problems = ["archived", "disabled", "unknown"] as const;

/** A saved way of looking at the tickets. */
export const View = z
  .object({
    id: ViewId,
    name: z.string(),
    icon: z.enum(viewIcons),
    hue: z.enum(labelHues),
    shared: z
      .boolean()
      .describe("Seen by others: by a project, or by the whole workspace if `project` is null"),
    project: ProjectId.nullable(),
    condition: ViewCondition,
    sort: z.enum(ticketSorts),
    version: z.int(),
    mayEdit: z.boolean(),
    hidden: z.boolean().describe("The caller does not want to see it in the list of views"),
    problems: z
      .array(z.object({ pointer: z.string(), value: z.string(), reason: z.enum(problems) }))
      .describe("Conditions that name something no longer in use: they match only what still carries it"),
  })
  .meta({ id: "View" });
export type View = z.infer<typeof View>;

const draft = {
  name: line(80),
  icon: z.enum(viewIcons),
  hue: z.enum(labelHues),
  condition: ViewCondition,
  sort: z.enum(ticketSorts),
};

const id = z.object({ id: ViewId });
const access = { by: "principal", scope: "tickets:read", role: "operator" } as const;
const read = { access, rate: "read" } as const;
const write = {
  access: { by: "principal", scope: "tickets:write", role: "operator" },
  rate: "write",
} as const;

export const ViewCount = z
  .object({
    view: ViewId,
    count: z.int(),
    more: z
      .boolean()
      .describe(
        `There are more than \`count\`: it stops at ${viewCountCap}, or where looking on would cost too much`,
      ),
  })
  .meta({ id: "ViewCount" });
export type ViewCount = z.infer<typeof ViewCount>;

export const viewRoutes = {
  list: defineRoute({
    name: "views.list",
    method: "GET",
    path: "/v1/views",
    summary: "The caller's own views and the shared ones of their projects, in the caller's order",
    ...read,
    success: { status: 200, schema: z.object({ data: z.array(View) }) },
    errors: [],
  }),
  counts: defineRoute({
    name: "views.counts",
    method: "GET",
    path: "/v1/views/counts",
    summary: "How many tickets each visible view holds, capped; kept, and counted again after events",
    ...read,
    success: { status: 200, schema: z.object({ data: z.array(ViewCount) }) },
    errors: [],
  }),
  count: defineRoute({
    name: "views.count",
    method: "POST",
    path: "/v1/views/count",
    summary: "How many tickets a condition would hold, before it is saved",
    access,
    rate: "read",
    body: z.object({ condition: ViewCondition }),
    success: { status: 200, schema: z.object({ count: z.int(), more: z.boolean() }) },
    errors: [],
  }),
  get: defineRoute({
    name: "views.get",
    method: "GET",
    path: "/v1/views/{id}",
    summary: "One view",
    ...read,
    params: id,
    success: { status: 200, schema: View },
    errors: ["not_found"],
  }),
  create: defineRoute({
    name: "views.create",
    method: "POST",
    path: "/v1/views",
    summary: "Save a view: for oneself, for a project, or for everybody (supervisors and above)",
    ...write,
    body: z.object({
      ...draft,
      icon: draft.icon.default("inbox"),
      hue: draft.hue.default("teal"),
      sort: draft.sort.default("newest"),
      shared: z.boolean().default(false),
      project: ProjectId.nullable().default(null).describe("Whose shared view; null for the whole workspace"),
    }),
    success: { status: 201, schema: View },
    errors: ["unknown_reference", "limit_reached"],
  }),
  update: defineRoute({
    name: "views.update",
    method: "PATCH",
    path: "/v1/views/{id}",
    summary: "Change a view",
    ...write,
    params: id,
    body: z.object({
      name: draft.name.optional(),
      icon: draft.icon.optional(),
      hue: draft.hue.optional(),
      condition: draft.condition.optional(),
      sort: draft.sort.optional(),
      version: z.int().optional().describe("What was read: refused if someone changed it since"),
    }),
    success: { status: 200, schema: View },
    errors: ["not_found", "unknown_reference", "version_conflict"],
  }),
  delete: defineRoute({
    name: "views.delete",
    method: "DELETE",
    path: "/v1/views/{id}",
    summary: "Delete a view; it can be restored for thirty days",
    ...write,
    params: id,
    success: { status: 204 },
    errors: ["not_found"],
  }),
  restore: defineRoute({
    name: "views.restore",
    method: "POST",
    path: "/v1/views/{id}/restore",
    summary: "Bring a deleted view back",
    ...write,
    params: id,
    success: { status: 200, schema: View },
    errors: ["not_found", "limit_reached"],
  }),
  arrange: defineRoute({
    name: "views.arrange",
    method: "PUT",
    path: "/v1/views/arrangement",
    summary: "The caller's own order of views, and those they do not want to see",
    ...write,
    body: z.object({
      order: z.array(ViewId).max(400).describe("Views that are absent come after these, by name"),
      hidden: z.array(ViewId).max(400),
    }),
    success: { status: 200, schema: z.object({ data: z.array(View) }) },
    errors: [],
  }),
} as const;
