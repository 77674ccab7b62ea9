import { fromString, TypeID, toUUID, typeid } from "typeid-js";
import { z } from "zod";

/** The prefix each resource wears in its public id: `tkt_01h455vb4pex5vsknk084sn02q` (TypeID: UUIDv7 in base32). */
export const idPrefixes = {
  workspace: "wsp",
  project: "prj",
  member: "mem",
  key: "key",
  session: "ses",
  ticket: "tkt",
  message: "msg",
  contact: "con",
  identity: "idn",
  channel: "chn",
  topic: "top",
  label: "lbl",
  attachment: "att",
  event: "evt",
  secret: "sec",
  contactField: "cfl",
  team: "tea",
  view: "vie",
  notification: "ntf",
  pushSubscription: "psh",
  bulk: "blk",
  webhook: "whk",
  webhookDelivery: "whd",
  confirmation: "cfm",
  payout: "pay",
  desk: "dsk",
  quote: "quo",
  approvalRule: "apr",
} as const;

export type IdKind = keyof typeof idPrefixes;

/** UUID → public id. */
export function toPublicId(kind: IdKind, uuid: string): string {
  return TypeID.fromUUID(idPrefixes[kind], uuid).toString();
}

/** Public id → UUID; undefined when the text is no id of this kind. */
export function fromPublicId(kind: IdKind, id: string): string | undefined {
  try {
    const suffix = fromString(id, idPrefixes[kind]);
    return toUUID(suffix);
  } catch {
    return undefined;
  }
}

/** A schema for ids of one kind: takes the public form, refuses every other spelling, keeps the public form. */
export function idSchema(kind: IdKind) {
  return z
    .string()
    .max(40)
    .refine((id) => fromPublicId(kind, id) !== undefined, { error: `not an id of a ${kind}` })
    .meta({
      id: `${kind[0]?.toUpperCase()}${kind.slice(1)}Id`,
      pattern: `^${idPrefixes[kind]}_[0-9a-hjkmnp-tv-z]{26}$`,
    });
}

/** An example id for documentation and tests. */
export function exampleId(kind: IdKind): string {
  return typeid(idPrefixes[kind], "01h455vb4pex5vsknk084sn02q").toString();
}

export const ProjectId = idSchema("project");
export const MemberId = idSchema("member");
export const KeyId = idSchema("key");
export const SessionId = idSchema("session");
export const TicketId = idSchema("ticket");
export const MessageId = idSchema("message");
export const ContactId = idSchema("contact");
export const IdentityId = idSchema("identity");
export const ContactFieldId = idSchema("contactField");
export const ChannelId = idSchema("channel");
export const TopicId = idSchema("topic");
export const LabelId = idSchema("label");
export const AttachmentId = idSchema("attachment");
export const BulkId = idSchema("bulk");
export const PushSubscriptionId = idSchema("pushSubscription");
export const NotificationId = idSchema("notification");
export const TeamId = idSchema("team");
export const ViewId = idSchema("view");
export const WorkspaceId = idSchema("workspace");
export const PayoutId = idSchema("payout");
export const DeskId = idSchema("desk");
export const QuoteId = idSchema("quote");
export const WebhookId = idSchema("webhook");
export const WebhookDeliveryId = idSchema("webhookDelivery");
export const SecretId = idSchema("secret");
export const ConfirmationId = idSchema("confirmation");
