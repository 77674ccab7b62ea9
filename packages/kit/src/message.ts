import type { IdentityKind } from "@okno/contract";

/** A file a channel has already stored through the storage port. */
export type StoredFile = { sha256: string; name: string };

/** Whose words arrived. */
export type InboundIdentity = {
  kind: IdentityKind;
  /** Normalised by the channel: lower-case e-mail, E.164 phone, the provider's id. */
  value: string;
  /** true: the channel proves it (a provider's user id, a signed visitor); false: a person typed it. */
  verified: boolean;
};

/** One message in the form all channels share. */
export type InboundMessage = {
  /** The provider's id of the message, or the sender's own; unique within the channel: redelivery is recognised by it. */
  externalId: string;
  from: InboundIdentity & { name?: string; locale?: string };
  /** Addresses of the person besides: unverified ones are kept as claims and never joined to somebody else. */
  claims?: readonly InboundIdentity[];
  /** Absent where the channel has none: then the first words of the body serve. */
  subject?: string;
  body: string;
  topicId?: string;
  attachments?: readonly StoredFile[];
};

export type Received = {
  ticketId: string;
  messageId: string;
  number: number;
  /** true: this very message had been received before, nothing was changed. */
  duplicate: boolean;
};

/** What the customer sees of a conversation. */
export type ConversationMessage = {
  id: string;
  seq: number;
  direction: "in" | "out";
  authorName: string | null;
  body: string;
  status: string;
  externalId: string | null;
  attachments: { id: string; name: string; type: string; sizeBytes: number; inline: boolean }[];
  at: string;
};

/** What the customer said of how it went. */
export type Rating = {
  score: number;
  words: string | null;
  /** ISO 8601: until then it may be changed. */
  changeableUntil: string;
};

/** One identity's conversation, over all its tickets. */
export type Conversation = {
  /** Oldest first. */
  messages: ConversationMessage[];
  more: boolean;
  /** The latest. */
  ticketId: string | null;
  /** The latest ticket is done. */
  closed: boolean;
  /** How the latest ticket ended, where the customer had an answer in it: what may be rated, by its name. */
  completion: { name: string; rating: Rating | null } | null;
};
