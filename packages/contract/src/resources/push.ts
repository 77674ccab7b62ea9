import { z } from "zod";
import { PushSubscriptionId } from "../ids.ts";
import { defineRoute } from "../route.ts";

const base64url = /^[A-Za-z0-9_-]+={0,2}$/u;

/** What `PushSubscription.toJSON()` gives in a browser. */
export const NewPushSubscription = z
  .object({
    endpoint: z
      .url({ protocol: /^https$/u })
      .max(1_000)
      .meta({ personal: true }),
    keys: z.object({
      p256dh: z.string().regex(base64url).min(80).max(100).meta({ personal: true }),
      auth: z.string().regex(base64url).min(20).max(30).meta({ personal: true }),
    }),
  })
  .meta({ id: "NewPushSubscription" });

/** What a push carries, encrypted for the one browser. */
export type PushMessage = {
  title: string;
  text: string;
  /** The ticket to open. */
  ticket: string | null;
  /** The webhook to look at, where it is about no ticket. */
  webhook?: string;
};

const session = { access: { by: "session" } } as const;

export const pushRoutes = {
  key: defineRoute({
    name: "push.key",
    method: "GET",
    path: "/v1/push/key",
    summary: "The installation's public key, for `PushManager.subscribe`",
    ...session,
    rate: "read",
    success: { status: 200, schema: z.object({ publicKey: z.string() }).meta({ id: "PushKey" }) },
    errors: [],
  }),
  subscribe: defineRoute({
    name: "push.subscribe",
    method: "POST",
    path: "/v1/me/push-subscriptions",
    summary: "Send the caller's notifications to this browser, for as long as this session lives",
    ...session,
    rate: "write",
    body: NewPushSubscription,
    success: { status: 201, schema: z.object({ id: PushSubscriptionId }).meta({ id: "PushSubscribed" }) },
    errors: ["limit_reached"],
  }),
  unsubscribe: defineRoute({
    name: "push.unsubscribe",
    method: "DELETE",
    path: "/v1/me/push-subscriptions/{id}",
    summary: "No more push to this browser",
    ...session,
    rate: "write",
    params: z.object({ id: PushSubscriptionId }),
    success: { status: 204 },
    errors: ["not_found"],
  }),
} as const;
