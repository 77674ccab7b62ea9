import { createHmac, timingSafeEqual } from "node:crypto";
import { fromPublicId } from "@okno/contract";
import {
  type ChannelInstance,
  type ChannelManifest,
  type ChannelPorts,
  type InboundMessage,
  refuse,
} from "@okno/kit";
import { newId } from "../../platform/ids.ts";
import type { Sealer } from "../../platform/seal.ts";
import { type ConfirmationSecrets, revealSecrets } from "../confirmations/index.ts";
import { normalizePhone } from "../contacts/index.ts";
import { type FileDeps, isInline, safeFileName, storeFile } from "../files/index.ts";
import { scopeOf } from "../intake/index.ts";
import type { Presence } from "../presence/index.ts";
import type { Catalogs } from "../settings/index.ts";
import type { Assets } from "./assets.ts";
import { findConversationFile, identityIdsOf, listConversation, markSeen } from "./conversation.ts";
import { createFirstAnswers } from "./first-answers.ts";
import { joinVisitor } from "./join.ts";
import { rateTicket } from "./rate.ts";
import { type ReceiveDeps, receiveMessage } from "./receive.ts";
import { openSecrets } from "./secrets.ts";
import { announceTyping, type TypingWatchers } from "./typing.ts";
import type { Watchers } from "./watchers.ts";

export type PortsDeps = ReceiveDeps &
  FileDeps & {
    catalogs: Catalogs;
    watchers: Watchers;
    presence: Presence;
    typing: TypingWatchers;
    sealer: Sealer;
    secretKey: string;
    assets: Assets;
    confirmationSecrets: ConfirmationSecrets;
  };

type Who = Pick<InboundMessage["from"], "kind" | "value">;

/** Phones as the core keeps them; what no telephone network could have is no phone, and stays in the words alone. */
function withPhones(message: InboundMessage): InboundMessage {
  const claims = message.claims?.flatMap((claim) => {
    const value = claim.kind === "phone" ? normalizePhone(claim.value) : claim.value;
    return value ? [{ ...claim, value }] : [];
  });
  return { ...message, ...(claims && { claims }) };
}

/** The ports a channel's server half works through; each call stays inside the channel's own workspace and project. */
export function createPorts(deps: PortsDeps, manifest: ChannelManifest): ChannelPorts {
  const { db, clock } = deps;
  const firstAnswers = createFirstAnswers(deps);
  const idsOf = (channel: ChannelInstance, who: Who) =>
    identityIdsOf(db.in(channel.workspaceId), {
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
    receive: (channel, message) => receiveMessage(deps, channel, manifest, withPhones(message)),
    async conversation(channel, who, page) {
      const ids = await idsOf(channel, who);
      if (ids.length === 0)
        return { messages: [], more: false, ticketId: null, closed: false, completion: null };
      const { workspaceId } = channel;
      const found = await listConversation(db.in(workspaceId), workspaceId, ids, page);
      // The customer reads the links and codes that members see masked.
      const { confirmationSecrets: secrets } = deps;
      return {
        ...found,
        messages: await revealSecrets(secrets, db.in(workspaceId), workspaceId, found.messages),
      };
    },
    async markSeen(channel, who, messageId, status) {
      const ids = await idsOf(channel, who);
      if (ids.length > 0) await markSeen(deps, channel.workspaceId, ids, { messageId, status });
    },
    async watch(channel, who, changed) {
      const stops = (await idsOf(channel, who)).map((id) => deps.watchers.watch(id, changed));
      return () => {
        for (const stop of stops) stop();
      };
    },
    async typing(channel, who, is) {
      const ids = await idsOf(channel, who);
      const on = { db: db.in(channel.workspaceId), presence: deps.presence };
      if (ids.length > 0) await announceTyping(on, channel, ids, is);
    },
    watchTyping(channel, ticketId, changed) {
      const id = fromPublicId("ticket", ticketId);
      return id ? deps.typing.watch(channel.workspaceId, id, changed) : () => undefined;
    },
    async rate(channel, who, answer) {
      const ids = await idsOf(channel, who);
      if (ids.length === 0) throw refuse("not_found");
      return rateTicket(deps, channel.workspaceId, ids, answer);
    },
    secrets: (channel) => openSecrets(db.in(channel.workspaceId), deps.sealer, channel),
    join: (channel, visitor, user) =>
      joinVisitor(
        deps,
        channel,
        { ...visitor, scope: scopeOf({ ...visitor, verified: true }, channel.id) },
        user,
      ),
    firstAnswers,
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
      const ids = await idsOf(channel, who);
      const on = db.in(channel.workspaceId);
      const file = await findConversationFile(on, channel.workspaceId, ids, attachmentId);
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
