import { z } from "zod";
import { ChannelId, LabelId, ProjectId, TopicId } from "../ids.ts";
import { Instant } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { line } from "../text.ts";
import { Locale } from "./people.ts";

/** More than this at one level and nobody finds their topic. */
export const topicsPerLevel = 9;
/** What a customer may be asked to choose from. */
export const topicsOffered = 5;

export const Project = z
  .object({
    id: ProjectId,
    name: z.string(),
    locale: Locale,
    timeZone: z.string(),
    accent: z.string().describe("#rrggbb, for the pages customers see"),
    answerSoonMinutes: z.int().describe("A customer without an answer for so long is a matter of concern"),
    answerLateMinutes: z.int().describe("… and for so long, of alarm"),
    createdAt: Instant,
  })
  .meta({ id: "Project" });
export type Project = z.infer<typeof Project>;

const TimeZone = z
  .string()
  .max(60)
  .refine((zone) => zone === "UTC" || Intl.supportedValuesOf("timeZone").includes(zone), {
    error: "not an IANA time zone",
  });
const Accent = z.string().regex(/^#[0-9a-f]{6}$/iu);
const Minutes = z.int().min(1).max(100_000);
const readSettings = {
  access: { by: "principal", scope: "settings:read", role: "operator" },
  rate: "read",
} as const;
const writeSettings = {
  access: { by: "principal", scope: "settings:write", role: "admin" },
  rate: "write",
} as const;

export const projectRoutes = {
  list: defineRoute({
    name: "projects.list",
    method: "GET",
    path: "/v1/projects",
    summary: "Projects the caller works in, the default one first",
    ...readSettings,
    success: { status: 200, schema: z.object({ data: z.array(Project) }) },
    errors: [],
  }),
  create: defineRoute({
    name: "projects.create",
    method: "POST",
    path: "/v1/projects",
    summary: "Add a project",
    access: { by: "principal", scope: "settings:write", role: "owner" },
    rate: "write",
    body: z.object({
      name: line(100),
      locale: Locale.default("ru"),
      timeZone: TimeZone.default("Europe/Moscow"),
      accent: Accent.default("#0f766e"),
    }),
    success: { status: 201, schema: Project },
    errors: ["already_exists"],
  }),
  update: defineRoute({
    name: "projects.update",
    method: "PATCH",
    path: "/v1/projects/{id}",
    summary: "Change a project",
    ...writeSettings,
    params: z.object({ id: ProjectId }),
    body: z.object({
      name: line(100).optional(),
      locale: Locale.optional(),
      timeZone: TimeZone.optional(),
      accent: Accent.optional(),
      answerSoonMinutes: Minutes.optional(),
      answerLateMinutes: Minutes.optional().describe("More than `answerSoonMinutes`"),
    }),
    success: { status: 200, schema: Project },
    errors: ["not_found", "already_exists"],
  }),
} as const;

export const TopicWarning = z
  .enum(["vague_name"])
  .meta({ id: "TopicWarning", description: "`vague_name`: such a topic says nothing about the matter" });

export const Topic = z
  .object({
    id: TopicId,
    project: ProjectId,
    parent: TopicId.nullable(),
    name: z.string(),
    warnings: z.array(TopicWarning),
  })
  .meta({ id: "Topic" });
export type Topic = z.infer<typeof Topic>;

export const topicRoutes = {
  list: defineRoute({
    name: "topics.list",
    method: "GET",
    path: "/v1/topics",
    summary: "The topic trees of the caller's projects",
    ...readSettings,
    query: z.object({ project: ProjectId.optional() }),
    success: { status: 200, schema: z.object({ data: z.array(Topic) }) },
    errors: [],
  }),
  report: defineRoute({
    name: "topics.report",
    method: "GET",
    path: "/v1/topics/report",
    summary: "How many tickets of the last 30 days carry a vague topic, or none",
    access: { by: "principal", scope: "settings:read", role: "supervisor" },
    rate: "read",
    query: z.object({ project: ProjectId.optional() }),
    success: {
      status: 200,
      schema: z.object({
        total: z.int(),
        vague: z.int(),
        untopiced: z.int(),
        byTopic: z.array(z.object({ topic: TopicId, tickets: z.int(), vague: z.boolean() })),
      }),
    },
    errors: [],
  }),
  create: defineRoute({
    name: "topics.create",
    method: "POST",
    path: "/v1/topics",
    summary: "Add a topic: at most two levels, nine a level",
    ...writeSettings,
    body: z.object({ project: ProjectId, parent: TopicId.nullable().default(null), name: line(80) }),
    success: { status: 201, schema: Topic },
    errors: ["limit_reached", "already_exists", "unknown_reference"],
  }),
  update: defineRoute({
    name: "topics.update",
    method: "PATCH",
    path: "/v1/topics/{id}",
    summary: "Rename a topic",
    ...writeSettings,
    params: z.object({ id: TopicId }),
    body: z.object({ name: line(80) }),
    success: { status: 200, schema: Topic },
    errors: ["not_found", "already_exists"],
  }),
  archive: defineRoute({
    name: "topics.archive",
    method: "DELETE",
    path: "/v1/topics/{id}",
    summary: "Take a topic out of use; tickets keep it",
    ...writeSettings,
    params: z.object({ id: TopicId }),
    success: { status: 204 },
    errors: ["not_found", "in_use"],
  }),
} as const;

export const labelHues = ["grey", "red", "amber", "green", "teal", "blue", "violet", "pink"] as const;

export const Label = z
  .object({
    id: LabelId,
    project: ProjectId,
    name: z.string(),
    hue: z.enum(labelHues),
    weight: z
      .int()
      .describe("−100…100: how far a ticket with this label moves up in the order of importance"),
  })
  .meta({ id: "Label" });
export type Label = z.infer<typeof Label>;

const weight = z.int().min(-100).max(100);

export const labelRoutes = {
  list: defineRoute({
    name: "labels.list",
    method: "GET",
    path: "/v1/labels",
    summary: "Labels of the caller's projects",
    ...readSettings,
    query: z.object({ project: ProjectId.optional() }),
    success: { status: 200, schema: z.object({ data: z.array(Label) }) },
    errors: [],
  }),
  create: defineRoute({
    name: "labels.create",
    method: "POST",
    path: "/v1/labels",
    summary: "Add a label",
    ...writeSettings,
    body: z.object({
      project: ProjectId,
      name: line(40),
      hue: z.enum(labelHues).default("grey"),
      weight: weight.default(0),
    }),
    success: { status: 201, schema: Label },
    errors: ["already_exists", "unknown_reference"],
  }),
  update: defineRoute({
    name: "labels.update",
    method: "PATCH",
    path: "/v1/labels/{id}",
    summary: "Change a label's hue or weight; open tickets are re-sorted",
    ...writeSettings,
    params: z.object({ id: LabelId }),
    body: z.object({ hue: z.enum(labelHues).optional(), weight: weight.optional() }),
    success: { status: 200, schema: Label },
    errors: ["not_found"],
  }),
} as const;

export const ChannelType = z.string().max(40);

export const Channel = z
  .object({
    id: ChannelId,
    project: ProjectId,
    type: ChannelType,
    name: z.string(),
    publicKey: z.string().describe("What the public addresses of this channel carry"),
    config: z.record(z.string(), z.unknown()),
    enabled: z.boolean(),
    createdAt: Instant,
    lastMessageAt: Instant.nullable(),
  })
  .meta({ id: "Channel" });
export type Channel = z.infer<typeof Channel>;

const ChannelConfig = z
  .record(z.string(), z.unknown())
  .describe("By the schema of the channel's type: see the channel's guide");

export const channelRoutes = {
  list: defineRoute({
    name: "channels.list",
    method: "GET",
    path: "/v1/channels",
    summary: "Channels of the caller's projects",
    ...readSettings,
    success: { status: 200, schema: z.object({ data: z.array(Channel) }) },
    errors: [],
  }),
  types: defineRoute({
    name: "channels.types",
    method: "GET",
    path: "/v1/channel-types",
    summary: "The kinds of channel this installation has, with the schema of their settings",
    ...readSettings,
    success: {
      status: 200,
      schema: z.object({
        data: z.array(
          z.object({
            type: ChannelType,
            capabilities: z.record(z.string(), z.unknown()),
            configSchema: z.record(z.string(), z.unknown()).describe("JSON Schema 2020-12"),
          }),
        ),
      }),
    },
    errors: [],
  }),
  create: defineRoute({
    name: "channels.create",
    method: "POST",
    path: "/v1/channels",
    summary: "Open a channel",
    ...writeSettings,
    body: z.object({
      project: ProjectId,
      type: ChannelType,
      name: line(100),
      config: ChannelConfig.default({}),
    }),
    success: { status: 201, schema: Channel },
    errors: ["unknown_reference"],
  }),
  update: defineRoute({
    name: "channels.update",
    method: "PATCH",
    path: "/v1/channels/{id}",
    summary: "Change a channel's settings, or close it",
    ...writeSettings,
    params: z.object({ id: ChannelId }),
    body: z.object({
      name: line(100).optional(),
      config: ChannelConfig.optional(),
      enabled: z.boolean().optional(),
    }),
    success: { status: 200, schema: Channel },
    errors: ["not_found"],
  }),
} as const;
