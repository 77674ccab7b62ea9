import type { WebhookPayload, WebhookTicket } from "@okno/contract";
import { toPublicId } from "@okno/contract";
import { type JournalRow, presentEvent } from "../journal/index.ts";
import { type FlowOf, presentTicketState, type TicketRow } from "../tickets/index.ts";

/** What Standard Webhooks allow; the facts of one event are far smaller. */
const longestBytes = 20_000;

const idOf = <T extends { id: string }>(it: T | null) => it && { id: it.id };

/** Field by field what is said of a ticket outside: nothing that is a person's. */
function presentForWebhook(row: TicketRow, flowOf: FlowOf): WebhookTicket {
  const {
    contact,
    assignee,
    team,
    subject: _s,
    lastMessage: _l,
    outcome: _o,
    ...facts
  } = presentTicketState(row, flowOf(row.kind));
  return { ...facts, contact: idOf(contact), assignee: idOf(assignee), team: idOf(team) };
}

/** The body of the webhooks that tell of an entry: one text for every endpoint, stored and sent as it is. */
export function webhookBody(
  row: JournalRow,
  { epoch, ticket, flowOf }: { epoch: string; ticket: TicketRow | undefined; flowOf: FlowOf },
): string {
  const { type, at: timestamp, actor, ...event } = presentEvent(row, epoch);
  const payload: WebhookPayload = {
    type,
    timestamp,
    data: {
      event: { ...event, actor: { kind: actor.kind, id: actor.id } },
      ticket: ticket ? presentForWebhook(ticket, flowOf) : null,
    },
  };
  const body = JSON.stringify(payload);
  if (Buffer.byteLength(body) <= longestBytes) return body;
  // The event can be read by its cursor.
  return JSON.stringify({
    ...payload,
    data: { ...payload.data, event: { ...payload.data.event, data: {} } },
  });
}

/** The body of a test. */
export function testBody(webhookId: string, now: Date): string {
  return JSON.stringify({
    type: "webhook.test",
    timestamp: now.toISOString(),
    data: { webhook: toPublicId("webhook", webhookId) },
  });
}
