import type { JournalEvent } from "@okno/contract";
import { OknoError } from "@okno/sdk";
import { expect } from "vitest";
import type { TestApp } from "./test-app.ts";

// What the tests of contacts share: people who ask, by the API and by a chat.

let made = 0;

/** A phone nobody has had before, in E.164. */
export const phone = () => `+7916${String(1_000_000 + ++made).padStart(7, "0")}`;
export const mail = () => `c${++made}@example.com`;

/** The tickets of a contact, the newest first. */
export const ticketsOf = async (t: TestApp, contact: string) =>
  (await t.client.tickets.list({ query: { contact } })).data.map(({ id }) => id);

/** Somebody asks something by the API. */
export async function asked(
  t: TestApp,
  contact: { name?: string; email?: string; phone?: string },
  body = "Вопрос",
) {
  const ticket = await t.client.tickets.create({ body: { subject: "Вопрос", body, contact } });
  return { ticket: ticket.id, contact: ticket.contact?.id ?? "" };
}

/** What a call was refused with. */
export async function problemOf(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof OknoError)) throw new Error("it was accepted");
  return error.problem;
}

/** All events of one name, from the journal's beginning. */
export async function eventsOf(t: TestApp, type: string): Promise<JournalEvent[]> {
  const found: JournalEvent[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await t.client.events.list({ query: { limit: 500, ...(after && { after }) } });
    found.push(...page.data.filter((event) => event.type === type));
    if (page.data.length === 0) return found;
    after = page.nextCursor;
  }
}

export type Chat = { channel: string; write(text: string): Promise<{ ticket: string; contact: string }> };

/** A visitor of a chat of its own. */
export async function openChat(t: TestApp): Promise<Chat> {
  const channel = await t.client.channels.create({
    body: { project: t.project, type: "webchat", name: `Чат ${++made}` },
  });
  const chat = `${t.url}/chat/${channel.publicKey}`;
  const json = { "content-type": "application/json" };
  const begun = await fetch(`${chat}/session`, { method: "POST", headers: json, body: "{}" });
  const { token } = (await begun.json()) as { token: string };
  return {
    channel: channel.id,
    async write(text) {
      const res = await fetch(`${chat}/messages`, {
        method: "POST",
        headers: { ...json, authorization: `Bearer ${token}` },
        body: JSON.stringify({ externalId: crypto.randomUUID(), body: text }),
      });
      expect(res.status).toBe(201);
      const { data } = await t.client.tickets.list({ query: { sort: "activity", limit: 5 } });
      const ticket = data.find((each) => each.channel === channel.id);
      return { ticket: ticket?.id ?? "", contact: ticket?.contact?.id ?? "" };
    },
  };
}
