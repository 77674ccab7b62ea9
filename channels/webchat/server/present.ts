import type { ChannelInstance, Conversation, ConversationMessage } from "@okno/kit";
import { accentPair } from "@okno/kit";
import { type ChatMessage, maxAttachments } from "../contract.ts";
import { type WebchatConfig, webchatChannel } from "../manifest.ts";
import type { Visitor } from "./visitor.ts";

/** Ids are the visitor's own: within the channel they stand with the visitor before them, so that no one can take another's. */
export const externalIdOf = (visitor: Visitor, externalId: string) => `${visitor.id}:${externalId}`;

/** The customer meets a person, not a directory: the first name alone. */
export const firstName = (name: string | null) => name?.trim().split(/\s+/u)[0] || null;

export function presentMessage(visitor: Visitor, message: ConversationMessage): ChatMessage {
  const own = `${visitor.id}:`;
  const { id, direction, body, status, attachments, at, externalId } = message;
  return {
    id,
    externalId: externalId?.startsWith(own) ? externalId.slice(own.length) : null,
    direction,
    author: direction === "out" ? firstName(message.authorName) : null,
    body,
    status,
    attachments: attachments.map((file) => ({
      id: file.id,
      name: file.name,
      type: file.type,
      sizeBytes: file.sizeBytes,
      inline: file.inline,
    })),
    at,
  };
}

/** What may be asked at the end, where this channel asks at all. */
export function presentCompletion(
  channel: ChannelInstance,
  completion: Conversation["completion"],
): Conversation["completion"] {
  return (channel.config as WebchatConfig).rating === "off" ? null : completion;
}

export function presentConfig(channel: ChannelInstance) {
  const { title, greeting, rating } = channel.config as WebchatConfig;
  return {
    key: channel.publicKey,
    title: title || channel.project.name,
    greeting: greeting || null,
    locale: channel.project.locale,
    accent: accentPair(channel.project.accent),
    maxLength: webchatChannel.capabilities.maxLength,
    maxAttachments,
    rating,
  };
}
