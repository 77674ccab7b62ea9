import { toPublicId } from "@okno/contract";
import type { Flow, InboundIdentity } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import type { ActorRef } from "../journal/index.ts";
import { nobodyId, previewOf, type TicketRow } from "../tickets/index.ts";
import type { NewTicketRow } from "./insert.ts";

/** A ticket about to be made, with everything looked up and checked. */
export type TicketDraft = {
  workspaceId: string;
  projectId: string;
  kind: string;
  flow: Flow;
  subject: string;
  body: string;
  topicId: string | null;
  priority: number;
  labels: readonly string[];
  weight: number;
  channel: { id: string; type: string; dialogue: boolean } | null;
  externalId: string | null;
  contact: { name: string | null; locale: string | null; identities: readonly InboundIdentity[] };
  actor: ActorRef;
  idempotency?: { principalId: string; key: string; requestHash: Buffer };
};

/** Identities that only one channel can tell apart carry its id; an address is the same person by every entrance. */
export function scopeOf(identity: InboundIdentity, channelId: string | null): string {
  return identity.kind === "email" || identity.kind === "phone" ? nobodyId : (channelId ?? nobodyId);
}

export type Drafted = { ticket: TicketRow; messageId: string; secondIdentityId: string };

/** The draft as the ticket it will be. `contact_id` is a candidate: the statement answers whose it really is. */
export function draftTicket(draft: TicketDraft, number: number, clock: Clock, now: Date): Drafted {
  const { contact, channel, flow } = draft;
  const state = flow.states[flow.initial];
  if (!state) throw new Error("the flow has no initial state");
  const ticket: TicketRow = {
    id: newId(clock),
    workspace_id: draft.workspaceId,
    project_id: draft.projectId,
    kind: draft.kind,
    number,
    state: flow.initial,
    phase: state.phase,
    subject: draft.subject,
    topic_id: draft.topicId,
    priority: draft.priority,
    labels: [...draft.labels],
    weight: draft.weight,
    contact_id: contact.identities.length > 0 || contact.name ? newId(clock) : null,
    contact_name: contact.name,
    channel_id: channel?.id ?? null,
    channel_type: channel?.type ?? null,
    identity_id: contact.identities.length > 0 ? newId(clock) : null,
    assignee_id: null,
    assignee_name: null,
    team_id: null,
    team_name: null,
    merged_into: null,
    conversations: [],
    outcome: null,
    waiting_for: null,
    due_at: null,
    seq: 1,
    message_seq: 1,
    last_preview: previewOf(draft.body),
    last_by: "customer",
    last_message_at: now,
    waiting_since: now,
    created_at: now,
    activity_at: now,
    completed_at: null,
    completed_by: null,
  };
  return { ticket, messageId: newId(clock), secondIdentityId: newId(clock) };
}

/** The flat row of the batch statement. */
export function toNewTicketRow(
  draft: TicketDraft,
  { ticket, messageId, secondIdentityId }: Drafted,
  ord: number,
  response: unknown,
): NewTicketRow {
  const [first, second] = draft.contact.identities;
  const { idempotency, channel } = draft;
  return {
    ord,
    ticket_id: ticket.id,
    message_id: messageId,
    project_id: ticket.project_id,
    kind: ticket.kind,
    number: ticket.number,
    state: ticket.state,
    phase: ticket.phase,
    subject: ticket.subject,
    body: draft.body,
    preview: ticket.last_preview ?? "",
    topic_id: ticket.topic_id,
    priority: ticket.priority,
    labels: ticket.labels,
    weight: ticket.weight,
    channel_id: ticket.channel_id,
    dialogue: channel?.dialogue ?? false,
    external_id: draft.externalId,
    contact_id: ticket.contact_id,
    contact_name: ticket.contact_name,
    contact_locale: draft.contact.locale,
    identity_id: ticket.identity_id,
    identity_kind: first?.kind ?? null,
    identity_scope: first ? scopeOf(first, ticket.channel_id) : null,
    identity_value: first?.value ?? null,
    identity_verified: first?.verified ?? null,
    second_id: second ? secondIdentityId : null,
    second_kind: second?.kind ?? null,
    second_value: second?.value ?? null,
    second_verified: second?.verified ?? null,
    actor_kind: draft.actor.kind,
    actor_id: draft.actor.id,
    data: {
      message: toPublicId("message", messageId),
      channel: ticket.channel_id && toPublicId("channel", ticket.channel_id),
    },
    key_principal: idempotency?.principalId ?? null,
    key: idempotency?.key ?? null,
    key_hash: idempotency?.requestHash.toString("hex") ?? null,
    response,
  };
}
