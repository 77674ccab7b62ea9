import { createHmac, timingSafeEqual } from "node:crypto";
import { toPublicId } from "@okno/contract";
import type { ChannelInstance, ChannelManifest, ChannelPorts, InboundMessage } from "@okno/kit";
import { newId } from "../../platform/ids.ts";
import { type FileDeps, safeFileName, storeFile } from "../files/index.ts";
import { scopeOf } from "../intake/index.ts";
import { isInline } from "../messages/index.ts";
import type { Catalogs } from "../settings/index.ts";
import type { Assets } from "./assets.ts";
import { findConversationFile, identityIdOf, listConversation, markSeen } from "./conversation.ts";
import { type ReceiveDeps, receiveMessage } from "./receive.ts";
import type { Watchers } from "./watchers.ts";

export type PortsDeps = ReceiveDeps &
  FileDeps & { catalogs: Catalogs; watchers: Watchers; secretKey: string; assets: Assets };

type Who = Pick<InboundMessage["from"], "kind" | "value">;

/** The ports a channel's server half works through; each call stays inside the channel's own workspace and project. */
export function createPorts(deps: PortsDeps, manifest: ChannelManifest): ChannelPorts {
  const { db, clock } = deps;
  const idOf = (channel: ChannelInstance, who: Who) =>
    identityIdOf(db.in(channel.workspaceId), {
      workspaceId: channel.workspaceId,
      projectId: channel.project.id,
      kind: who.kind,
      scope: scopeOf({ ...who, verified: false }, channel.id),
      value: who.value,
    });
  const sign = (channel: ChannelInstance, text: string) =>
    createHmac("sha256", deps.secretKey)
      .update(`${channel.workspaceId}\n${channel.id}\n${text}`)
      .digest("base64url");

  return {
    receive: (channel, message) => receiveMessage(deps, channel, manifest, message),
    async conversation(channel, who, page) {
      const identityId = await idOf(channel, who);
      if (!identityId) return { messages: [], more: false, ticketId: null, closed: false };
      const found = await listConversation(db.in(channel.workspaceId), channel.workspaceId, identityId, page);
      return { ...found, ticketId: found.ticketId && toPublicId("ticket", found.ticketId) };
    },
    async markSeen(channel, who, messageId, status) {
      const identityId = await idOf(channel, who);
      if (identityId) await markSeen(deps, channel.workspaceId, identityId, { messageId, status });
    },
    async watch(channel, who, changed) {
      const identityId = await idOf(channel, who);
      return identityId ? deps.watchers.watch(identityId, changed) : () => undefined;
    },
    async storeFile(channel, file) {
      const stored = await storeFile(deps, channel.workspaceId, file.stream);
      const { sha256, sizeBytes, mediaType } = stored;
      return {
        file: { sha256, name: safeFileName(file.name) },
        type: mediaType,
        sizeBytes,
        inline: isInline(mediaType),
      };
    },
    async openFile(channel, who, attachmentId) {
      const identityId = await idOf(channel, who);
      const file =
        identityId &&
        (await findConversationFile(
          db.in(channel.workspaceId),
          channel.workspaceId,
          identityId,
          attachmentId,
        ));
      if (!file) return undefined;
      const { name, media_type: type, size_bytes: sizeBytes } = file;
      return {
        name,
        type,
        sizeBytes,
        inline: isInline(type),
        stream: deps.storage.open(channel.workspaceId, file.sha256),
      };
    },
    async topics(channel) {
      const catalog = await deps.catalogs.of(channel.workspaceId);
      return [...catalog.topics.values()]
        .filter((topic) => topic.project_id === channel.project.id && !topic.archived_at)
        .map(({ id, name, parent_id }) => ({ id, name, parentId: parent_id }));
    },
    sign,
    checkSignature(channel, text, signature) {
      const right = Buffer.from(sign(channel, text));
      const given = Buffer.from(signature);
      return right.length === given.length && timingSafeEqual(right, given);
    },
    asset: (name) => deps.assets.get(name),
    clock,
    newId: () => newId(clock),
  };
}
