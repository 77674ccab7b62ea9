import { afterAll, beforeAll, expect, test } from "vitest";
import { adminKey, openStream, startTestApp, type TestApp } from "../../testing/index.ts";
import { verifyChain } from "./index.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const make = (subject: string) => t.client.tickets.create({ body: { subject, body: "?" } });

test("a ticket is on the stream with its present state a moment after its commit", async () => {
  const stream = await openStream(t.url, { key: adminKey });
  const made = await make("в поток");
  const event = await stream.until((each) => each.ticket === made.id);
  expect(event).toMatchObject({
    type: "ticket.created",
    seq: 1,
    current: { id: made.id, subject: "в поток", phase: "open" },
  });
  stream.close();
});

test("a stream cut and resumed misses nothing and repeats nothing, however long it was away", async () => {
  const first = await openStream(t.url, { key: adminKey });
  const before = await make("до обрыва");
  await first.until((event) => event.ticket === before.id);
  first.close();
  const missed = await Promise.all(Array.from({ length: 1200 }, (_, index) => make(`пропущено ${index}`)));
  const resumed = await openStream(t.url, { key: adminKey, after: first.cursor() });
  const last = await make("после");
  await resumed.until((event) => event.ticket === last.id);
  const seen = resumed.events.map((event) => event.ticket);
  expect(new Set(seen).size).toBe(seen.length);
  expect(new Set(seen)).toEqual(new Set([...missed, last].map((ticket) => ticket.id)));
  resumed.close();
});

test("a stream goes on over a restart of the process, and by another process", async () => {
  const sibling = await t.startSibling();
  const stream = await openStream(sibling.url, { key: adminKey });
  const before = await make("до перезапуска");
  await stream.until((event) => event.ticket === before.id);
  await sibling.close();
  await stream.ended;
  const meanwhile = await make("пока его не было");
  const again = await t.startSibling();
  const resumed = await openStream(again.url, { key: adminKey, after: stream.cursor() });
  await resumed.until((event) => event.ticket === meanwhile.id);
  const byOther = await again.client.tickets.create({ body: { subject: "соседний процесс", body: "?" } });
  const here = await openStream(t.url, { key: adminKey, after: resumed.cursor() });
  await here.until((event) => event.ticket === byOther.id);
  resumed.close();
  here.close();
  await again.close();
});

test("500 writers at once: every stream shows every ticket once, in one and the same order, seq by seq", async () => {
  // All from one place: a stream without a cursor begins wherever this process has come to at that moment.
  const first = await openStream(t.url, { key: adminKey });
  const begin = await make("начало");
  await first.until((event) => event.ticket === begin.id);
  first.close();
  const from = { key: adminKey, after: first.cursor() };
  const streams = await Promise.all(Array.from({ length: 5 }, () => openStream(t.url, from)));
  const made = await Promise.all(Array.from({ length: 100 }, (_, index) => make(`хор ${index}`)));
  await Promise.all(
    made.flatMap(({ id }) =>
      [1, 2, 3, 4].map((n) => t.client.messages.add({ params: { id }, body: { body: `ответ ${n}` } })),
    ),
  );
  const end = await make("конец");
  await Promise.all(streams.map((stream) => stream.until((event) => event.ticket === end.id)));
  const orders = streams.map((stream) => stream.events.map((event) => event.cursor).join());
  expect(new Set(orders).size).toBe(1);
  for (const { id } of made) {
    const seqs = streams[0]?.events.filter((event) => event.ticket === id).map((event) => event.seq);
    expect(seqs).toEqual([1, 2, 3, 4, 5]);
  }
  for (const stream of streams) stream.close();
});

test("a cursor that nobody issued is refused before the stream begins", async () => {
  for (const cursor of ["nonsense", Buffer.alloc(24, 7).toString("base64url")]) {
    const res = await fetch(`${t.url}/v1/stream`, {
      headers: { authorization: `Bearer ${adminKey}`, "last-event-id": cursor },
    });
    expect(res.status).toBe(400);
    expect(((await res.json()) as { code: string }).code).toBe("invalid_cursor");
  }
});

test("the hash chain holds, and a changed row breaks it at its own place", async () => {
  const ticket = await make("в цепи");
  await expect
    .poll(async () => (await t.client.events.list({ query: { limit: 500 } })).data.length)
    .toBeGreaterThan(0);
  const stream = await openStream(t.url, { key: adminKey });
  const later = await make("после");
  await stream.until((event) => event.ticket === later.id);
  stream.close();
  expect((await verifyChain(t.db.system)).brokenAt).toBeUndefined();
  const changed = {
    name: "test.tamper",
    text: "update ticket_events set data = data || '{\"x\":1}' where workspace_id = $1 and ticket_id = (select id from tickets where workspace_id = $1 and number = $2)",
  };
  await t.db.in(t.workspaceId).query(changed, [t.workspaceId, ticket.number]);
  const { brokenAt } = await verifyChain(t.db.system);
  const where = {
    name: "test.where",
    text: "select position from journal where subject_id = (select id from tickets where workspace_id = $1 and number = $2)",
  };
  const [place] = await t.db.system.query<{ position: number }>(where, [t.workspaceId, ticket.number]);
  expect(brokenAt).toBe(place?.position);
});
