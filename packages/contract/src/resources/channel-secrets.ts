import { z } from "zod";
import { ChannelId, SecretId } from "../ids.ts";
import { Instant } from "../paging.ts";
import { defineRoute } from "../route.ts";

/** Two, so that a new one can be put to use before the old one is removed. */
export const maxChannelSecrets = 2;

export const ChannelSecret = z
  .object({
    id: SecretId,
    hint: z.string().describe("Its last four letters"),
    createdAt: Instant,
  })
  .meta({ id: "ChannelSecret" });
export type ChannelSecret = z.infer<typeof ChannelSecret>;

const access = { by: "principal", scope: "settings:write", role: "admin" } as const;

export const channelSecretRoutes = {
  list: defineRoute({
    name: "channelSecrets.list",
    method: "GET",
    path: "/v1/channels/{id}/secrets",
    summary: "The secrets by which a site signs for this channel: never the secrets themselves",
    access,
    rate: "read",
    params: z.object({ id: ChannelId }),
    success: { status: 200, schema: z.object({ data: z.array(ChannelSecret) }) },
    errors: ["not_found"],
  }),
  create: defineRoute({
    name: "channelSecrets.create",
    method: "POST",
    path: "/v1/channels/{id}/secrets",
    summary: "Make a secret: it is in this answer and never again; two may be valid at a time",
    access,
    rate: "write",
    params: z.object({ id: ChannelId }),
    success: { status: 201, schema: z.object({ secret: z.string(), entry: ChannelSecret }) },
    errors: ["not_found", "limit_reached", "already_exists"],
  }),
  remove: defineRoute({
    name: "channelSecrets.remove",
    method: "DELETE",
    path: "/v1/channels/{id}/secrets/{secret}",
    summary: "Remove a secret: what was signed with it is refused from now on",
    access,
    rate: "write",
    params: z.object({ id: ChannelId, secret: SecretId }),
    success: { status: 204 },
    errors: ["not_found"],
  }),
} as const;
