import { z } from "zod";
import { NotificationId, TicketId, WebhookId } from "../ids.ts";
import { Instant, page, pageQuery } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { Actor } from "./actors.ts";

/** Why a person is told of an event; the first that fits is the one. */
export const notificationKinds = [
  "mention",
  "assigned",
  "team",
  "reply",
  "note",
  "returned",
  "rated",
  "unassigned",
  "webhook",
] as const;
export type NotificationKind = (typeof notificationKinds)[number];
const Kind = z.enum(notificationKinds).meta({ id: "NotificationKind" });

/** On the page (the bell and a line), by the browser while the console is open elsewhere, by push when it is closed. */
export const notificationWays = ["page", "browser", "push"] as const;
export type NotificationWay = (typeof notificationWays)[number];

export const Notification = z
  .object({
    id: NotificationId,
    kind: Kind,
    ticket: z
      .object({ id: TicketId, number: z.int(), subject: z.string().meta({ personal: true }) })
      .nullable()
      .describe("null: it is about no ticket"),
    webhook: z.object({ id: WebhookId, name: z.string() }).nullable().describe("The endpoint that stopped"),
    seq: z.int().describe("The event of the ticket that it tells of"),
    actor: Actor,
    at: Instant,
    readAt: Instant.nullable(),
  })
  .meta({ id: "Notification" });
export type Notification = z.infer<typeof Notification>;

/** What the stream says to one person: `event: notification`, without an id. An empty list: count again. */
export const NotificationFrame = z.object({ told: z.array(Notification) }).meta({ id: "NotificationFrame" });
export type NotificationFrame = z.infer<typeof NotificationFrame>;

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, "is no time of day such as 22:00");

/** Hours in which nothing sounds and nothing pops up: the bell still counts. May run over midnight. */
export const QuietHours = z
  .object({
    from: time,
    to: time,
    days: z
      .array(z.int().min(1).max(7))
      .min(1)
      .max(7)
      .overwrite((days) => [...new Set(days)].sort())
      .describe("Days of the week on which they begin, Monday is 1"),
    timeZone: z
      .string()
      .max(60)
      .refine((name) => Intl.supportedValuesOf("timeZone").includes(name) || name === "UTC", {
        error: "is no time zone of the IANA list",
      }),
  })
  .meta({ id: "QuietHours" });
export type QuietHours = z.infer<typeof QuietHours>;

const ways = z.object({ page: z.boolean(), browser: z.boolean(), push: z.boolean() });

export const NotificationSettings = z
  .object({
    ways: z.object(
      Object.fromEntries(notificationKinds.map((kind) => [kind, ways])) as Record<
        NotificationKind,
        typeof ways
      >,
    ),
    sound: z.boolean(),
    quiet: QuietHours.nullable(),
    snoozedUntil: Instant.nullable().describe("Until then as in quiet hours"),
  })
  .meta({ id: "NotificationSettings" });
export type NotificationSettings = z.infer<typeof NotificationSettings>;

const reads = { access: { by: "session" }, rate: "read" } as const;
const writes = { access: { by: "session" }, rate: "write" } as const;

export const notificationRoutes = {
  list: defineRoute({
    name: "notifications.list",
    method: "GET",
    path: "/v1/notifications",
    summary: "What the caller has been told, newest first, of tickets they may still see",
    ...reads,
    query: z.object({ ...pageQuery, unread: z.stringbool().default(false) }),
    success: { status: 200, schema: page(Notification) },
    errors: ["invalid_cursor"],
  }),
  counts: defineRoute({
    name: "notifications.counts",
    method: "GET",
    path: "/v1/notifications/counts",
    summary: "How many are unread; counted to a hundred",
    ...reads,
    success: {
      status: 200,
      schema: z
        .object({ unread: z.int(), more: z.boolean().describe("There are more than were counted") })
        .meta({ id: "NotificationCounts" }),
    },
    errors: [],
  }),
  read: defineRoute({
    name: "notifications.read",
    method: "POST",
    path: "/v1/notifications/read",
    summary: "Mark as read (or unread again): some, those of a ticket, or all up to one",
    ...writes,
    body: z.union([
      z.object({ ids: z.array(NotificationId).min(1).max(100), read: z.boolean().default(true) }),
      z.object({ ticket: TicketId }),
      z.object({ upTo: NotificationId }),
    ]),
    success: { status: 204 },
    errors: [],
  }),
  settings: defineRoute({
    name: "notifications.settings",
    method: "GET",
    path: "/v1/me/notification-settings",
    summary: "How the caller wants to be told",
    ...reads,
    success: { status: 200, schema: NotificationSettings },
    errors: [],
  }),
  changeSettings: defineRoute({
    name: "notifications.changeSettings",
    method: "PATCH",
    path: "/v1/me/notification-settings",
    summary: "Change how the caller is told",
    ...writes,
    body: z.object({
      ways: NotificationSettings.shape.ways.partial().optional(),
      sound: z.boolean().optional(),
      quiet: QuietHours.nullable().optional(),
      snoozedUntil: Instant.nullable().optional(),
    }),
    success: { status: 200, schema: NotificationSettings },
    errors: [],
  }),
} as const;
