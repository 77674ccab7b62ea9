import { toPublicId } from "@okno/contract";
import { OknoError } from "@okno/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { statement } from "../../platform/database.ts";
import {
  addPerson,
  adminKey,
  asPerson,
  openStream,
  startTestApp,
  type TestApp,
} from "../../testing/index.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const all = statement(
  "test.all",
  "select id, number, seq from tickets where workspace_id = $1 order by number",
);
const gaps = statement(
  "test.gaps",
  `select t.id from tickets t where t.workspace_id = $1 and t.seq <> (
     select count(*) from ticket_events e where e.workspace_id = t.workspace_id and e.ticket_id = t.id)`,
);

async function pool<T>(clients: number, jobs: number, run: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < jobs) {
        const index = next++;
        results[index] = await run(index);
      }
    }),
  );
  return results;
}

test("1,000 tickets by 64 clients over two processes: no number twice, no gap in the journal's reading", async () => {
  const sibling = await t.startSibling();
  const clients = [t.client, sibling.client];
  const made = await pool(64, 1000, (index) =>
    (clients[index % 2] ?? t.client).tickets.create({
      body: { subject: `№ ${index}`, body: "текст", contact: { email: `client-${index % 50}@example.com` } },
    }),
  );
  await sibling.close();
  expect(new Set(made.map((ticket) => ticket.number)).size).toBe(1000);
  expect(new Set(made.map((ticket) => ticket.contact?.id)).size).toBe(50);
  const seen = new Map<string, number>();
  let after: string | undefined;
  for (;;) {
    const page = await t.client.events.list({ query: { limit: 500, ...(after && { after }) } });
    for (const event of page.data)
      if (event.type === "ticket.created" && event.ticket)
        seen.set(event.ticket, (seen.get(event.ticket) ?? 0) + 1);
    if (page.nextCursor === after) {
      if (seen.size >= 1000) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    after = page.nextCursor;
  }
  expect(made.filter((ticket) => seen.get(ticket.id) !== 1)).toEqual([]);
  expect(await t.db.in(t.workspaceId).query(gaps, [t.workspaceId])).toEqual([]);
  const counts = await t.client.tickets.counts();
  expect(counts.open).toBe((await t.db.in(t.workspaceId).query(all, [t.workspaceId])).length);
});

test("a ticket number is never given twice, also after a process that leased numbers has gone", async () => {
  const before = await t.client.tickets.create({ body: { subject: "a", body: "b" } });
  const sibling = await t.startSibling();
  const there = await sibling.client.tickets.create({ body: { subject: "a", body: "b" } });
  await sibling.close();
  const after = await t.client.tickets.create({ body: { subject: "a", body: "b" } });
  expect(new Set([before.number, there.number, after.number]).size).toBe(3);
});

test("100 operators claim one ticket: one has it, 99 are told who", async () => {
  const ticket = await t.client.tickets.create({ body: { subject: "Одна на всех", body: "?" } });
  const people = await Promise.all(
    Array.from({ length: 100 }, (_, index) => addPerson(t, { name: `Оператор ${index}` })),
  );
  const path = `/v1/tickets/${ticket.id}/actions/claim`;
  const answers = await Promise.all(people.map(({ cookie }) => asPerson(t, cookie, "POST", path, {})));
  const winners = answers.filter((answer) => answer.status === 200);
  expect(winners).toHaveLength(1);
  const name = winners[0]?.body.assignee?.name;
  const losers = answers.filter((answer) => answer.status === 409);
  expect(losers).toHaveLength(99);
  expect(
    new Set(losers.map((answer) => `${answer.body.code} ${answer.body.details?.assignee.name}`)),
  ).toEqual(new Set([`already_claimed ${name}`]));
  const history = await t.client.tickets.events({ params: { id: ticket.id } });
  expect(history.data.map((event) => event.type)).toEqual(["ticket.claimed", "ticket.created"]);
});

test("20 calls with one idempotency key make one ticket and give one answer; another body is refused", async () => {
  const body = { subject: "Повтор", body: "один раз", contact: { email: "again@example.com" } };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => t.client.tickets.create({ body, idempotencyKey: "key-1" })),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  const again = await t.client.tickets.create({ body, idempotencyKey: "key-1" });
  expect(again).toEqual(answers[0]);
  const other = t.client.tickets.create({ body: { ...body, subject: "Другое" }, idempotencyKey: "key-1" });
  await expect(other).rejects.toSatisfy(
    (error) => error instanceof OknoError && error.code === "idempotency_mismatch",
  );
});

test("a reply is refused when something newer was written, and shows it; a label set meanwhile does not stop it", async () => {
  const ticket = await t.client.tickets.create({ body: { subject: "Тихо", body: "вопрос" } });
  const id = { params: { id: ticket.id } };
  await t.client.actions.set({ ...id, body: { priority: "high" } });
  await t.client.messages.add({ ...id, body: { body: "ответ", seenSeq: ticket.messageSeq } });
  const late = t.client.messages.add({ ...id, body: { body: "второй ответ", seenSeq: ticket.messageSeq } });
  await expect(late).rejects.toSatisfy((error) => {
    if (!(error instanceof OknoError) || error.code !== "ticket_moved_on") return false;
    const details = error.problem?.details as { newer: { body: string }[] } | undefined;
    return details?.newer.map((message) => message.body).join() === "ответ";
  });
});

test("a write transaction held open for a minute delays nobody else's events", async () => {
  const client = await t.db.connect();
  await client.query("begin");
  await client.query("insert into outbox (workspace_id, subject_id, seq) values ($1, $1, 0)", [
    t.workspaceId,
  ]);
  const { nextCursor } = await lastCursor();
  const made = await t.client.tickets.create({ body: { subject: "мимо", body: "очереди" } });
  await expect
    .poll(async () =>
      (await t.client.events.list({ query: { after: nextCursor } })).data.map((event) => event.ticket),
    )
    .toContain(made.id);
  await client.query("rollback");
  await client.end();
});

async function lastCursor(): Promise<{ nextCursor: string }> {
  let after: string | undefined;
  for (;;) {
    const page = await t.client.events.list({ query: { limit: 500, ...(after && { after }) } });
    if (page.nextCursor === after) return page;
    after = page.nextCursor;
  }
}

test("permission withdrawn while the stream is open: the stream goes on without what may no longer be seen", async () => {
  const { id: memberId, cookie } = await addPerson(t, { name: "Уйдёт" });
  const stream = await openStream(t.url, { cookie });
  const seen = await t.client.tickets.create({ body: { subject: "видно", body: "да" } });
  await stream.until((event) => event.ticket === seen.id);
  await t.client.members.update({ params: { id: toPublicId("member", memberId) }, body: { grants: [] } });
  const hidden = await t.client.tickets.create({ body: { subject: "не видно", body: "нет" } });
  const admin = await openStream(t.url, { key: adminKey, after: stream.cursor() });
  await admin.until((event) => event.ticket === hidden.id);
  expect(stream.events.map((event) => event.ticket)).not.toContain(hidden.id);
  stream.close();
  admin.close();
});

test("a revoked key ends its stream", async () => {
  const { secret, key } = await t.client.keys.create({ body: { name: "поток", scopes: ["tickets:read"] } });
  const stream = await openStream(t.url, { key: secret });
  await t.client.keys.revoke({ params: { id: key.id } });
  await stream.ended;
  expect(
    (await fetch(`${t.url}/v1/tickets`, { headers: { authorization: `Bearer ${secret}` } })).status,
  ).toBe(401);
});
