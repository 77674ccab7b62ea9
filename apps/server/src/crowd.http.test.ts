import { get } from "node:http";
import { fromPublicId, type JournalEvent } from "@okno/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Consumer } from "./modules/journal/index.ts";
import { startNotifications } from "./modules/notifications/index.ts";
import { createLog } from "./platform/log.ts";
import { addPerson, adminKey, asPerson, openStream, startTestApp, type TestApp } from "./testing/index.ts";

// A hundred operators on one list: two processes over one database, streams that are cut and resumed, and frames that are no events
// in between. The promise is the journal's own order, within one's rights, each entry once.

type Operator = Awaited<ReturnType<typeof addPerson>> & { projects: string[] };
type Segment = Awaited<ReturnType<typeof openStream>>;

let t: TestApp;
let sibling: Awaited<ReturnType<TestApp["startSibling"]>>;
let notifications: Consumer;
let other: string;
let operators: Operator[];

beforeAll(async () => {
  t = await startTestApp();
  sibling = await t.startSibling();
  notifications = startNotifications(
    { db: t.db, clock: t.clock, log: createLog("silent"), hub: t.app.core.hub },
    { written: async () => undefined, delivered: t.app.core.notifications.deliver },
  );
  other = (await t.client.projects.create({ body: { name: "Другой" } })).id;
  const sights = [[t.project], [other], [t.project, other]];
  operators = await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      // Most see the busy project, as they do in life.
      const projects = sights[n % 10 < 7 ? 0 : (n % 10) - 7] ?? [];
      const ids = projects.map((id) => fromPublicId("project", id) ?? "");
      return { ...(await addPerson(t, { name: `Оператор ${n}`, projects: ids })), projects };
    }),
  );
}, 60_000);
afterAll(async () => {
  await notifications.stop();
  await sibling.close();
  await t.close();
});

const isCut = (n: number) => n % 3 === 0;
/** Odd ones are with the other process. */
const homeOf = (n: number) => (n % 2 === 0 ? t.url : sibling.url);

async function tick(n: number): Promise<void> {
  const project = n % 5 === 4 ? other : t.project;
  const by = n % 2 === 0 ? t.client : sibling.client;
  const { id } = await by.tickets.create({ body: { project, subject: `№ ${n}`, body: "?" } });
  if (n % 4 === 0) await t.client.messages.add({ params: { id }, body: { body: "Где?", from: "customer" } });
  if (n % 10 !== 0) return;
  // Presence and notifications between the events: somebody takes it, is seen at it, and hears of the customer.
  const cookie = operators[n % 7]?.cookie ?? "";
  await asPerson(t, cookie, "POST", `/v1/tickets/${id}/actions/claim`, {});
  await asPerson(t, cookie, "POST", "/v1/presence", { ticket: id, doing: "typing", tab: "1" });
  await t.client.messages.add({ params: { id }, body: { body: "Ау?", from: "customer" } });
}

/** Fifty a second, come what may. */
async function arrivals(from: number, seconds: number): Promise<void> {
  const begun: Promise<void>[] = [];
  const start = performance.now();
  for (let n = 0; n < seconds * 50; n++) {
    const wait = start + n * 20 - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    begun.push(tick(from + n));
  }
  await Promise.all(begun);
}

async function journal(after: string): Promise<JournalEvent[]> {
  const all: JournalEvent[] = [];
  for (let cursor = after; ; ) {
    const page = await t.client.events.list({ query: { after: cursor, limit: 500 } });
    all.push(...page.data);
    if (page.data.length === 0) return all;
    cursor = page.nextCursor;
  }
}

test("100 operators while 50 tickets a second arrive: every stream, cut and resumed in the middle or not, by either process, is the journal within its rights, in order, once", async () => {
  // Both processes have heard of everything so far: whoever comes now begins at the same place.
  const before = await Promise.all([t.url, sibling.url].map((url) => openStream(url, { key: adminKey })));
  const first = await t.client.tickets.create({ body: { subject: "начало", body: "?" } });
  for (const stream of before) {
    await stream.until((event) => event.ticket === first.id);
    stream.close();
  }
  const segments: Segment[][] = await Promise.all(
    operators.map(async ({ cookie }, n) => [await openStream(homeOf(n), { cookie })]),
  );
  const begin = segments[0]?.[0]?.cursor() ?? "";
  expect(new Set(segments.map(([first]) => first?.cursor())).size, "all begin at one place").toBe(1);

  const coming = arrivals(0, 4);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  const resumed = operators.map(async ({ cookie }, n) => {
    if (!isCut(n)) return;
    const [cut] = segments[n] ?? [];
    if (!cut) return;
    await new Promise((resolve) => setTimeout(resolve, n * 7));
    cut.close();
    await cut.ended;
    await new Promise((resolve) => setTimeout(resolve, (n % 5) * 200));
    // Half of them come back by the other process.
    const where = homeOf(n % 2 === 0 ? n + (n % 4) / 2 : n);
    segments[n]?.push(await openStream(where, { cookie, after: cut.cursor() }));
  });
  await Promise.all([coming, ...resumed]);
  const ends = [other, t.project].map(
    async (project) => (await t.client.tickets.create({ body: { project, subject: "конец", body: "?" } })).id,
  );
  const [endThere, endHere] = await Promise.all(ends);
  const until = operators.map(({ projects }, n) =>
    Promise.all([
      projects.includes(t.project) && segments[n]?.at(-1)?.until((event) => event.ticket === endHere),
      projects.includes(other) && segments[n]?.at(-1)?.until((event) => event.ticket === endThere),
    ]),
  );
  await Promise.all(until);

  const told = await journal(begin);
  expect(told.length).toBeGreaterThan(250);
  operators.forEach(({ projects }, n) => {
    const expected = told.filter(({ project }) => project !== null && projects.includes(project));
    const heard = (segments[n] ?? []).flatMap((segment) => segment.events);
    expect(
      heard.map(({ cursor }) => cursor),
      `operator ${n}`,
    ).toEqual(expected.map(({ cursor }) => cursor));
    expect(heard.map(({ ticket, seq }) => `${ticket} ${seq}`)).toEqual(
      expected.map(({ ticket, seq }) => `${ticket} ${seq}`),
    );
  });
  const frames = segments.flat().flatMap((segment) => segment.frames.map(({ event }) => event));
  expect(frames).toContain("presence");
  expect(frames).toContain("notification");
  for (const segment of segments.flat()) segment.close();
}, 60_000);

/** Asks for the stream and reads nothing for a while, as a laptop does on a bad line after it wakes. */
async function readSlowly(after: string, seconds: number): Promise<{ ids: number; bytes: number }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ ids: number; bytes: number }>();
  const headers = { authorization: `Bearer ${adminKey}`, "last-event-id": after };
  const req = get(`${t.url}/v1/stream`, { headers }, (res) => {
    let text = "";
    const done = () => ({ ids: text.match(/^id: /gmu)?.length ?? 0, bytes: text.length });
    setTimeout(() => res.setEncoding("utf8").on("data", take), seconds * 1000);
    const take = (chunk: string) => {
      text += chunk;
      if (!chunk.includes("последний за час")) return;
      resolve(done());
      req.destroy();
    };
    res.on("error", reject).on("close", () => resolve(done()));
  });
  req.on("error", reject);
  return promise;
}

test("an hour away: thousands of events come over one slow line, without a cut and without piling up in the server", async () => {
  const stream = await openStream(t.url, { key: adminKey });
  const body = { subject: `Час ${"длинная тема ".repeat(12)}`, body: "много слов ".repeat(40) };
  const { id } = await t.client.tickets.create({ body });
  await stream.until((event) => event.ticket === id);
  const after = stream.cursor();
  stream.close();
  const many = 6000;
  await t.db.system.query(
    {
      name: "test.an_hour",
      text: `with said as (
         insert into ticket_events (workspace_id, ticket_id, seq, type, actor_kind, actor_id, at, data)
         select $1, $2, n, 'ticket.changed', 'system', null, now(), '{}' from generate_series(2, $3::int) n
         returning workspace_id, ticket_id, seq
       ), raised as (update tickets set seq = $3 where workspace_id = $1 and id = $2)
       insert into outbox (workspace_id, subject_id, seq) select * from said order by seq`,
    },
    [t.workspaceId, fromPublicId("ticket", id), many],
  );
  await t.client.tickets.create({ body: { subject: "последний за час", body: "?" } });
  const { ids, bytes } = await readSlowly(after, 2);
  expect(ids).toBe(many - 1 + 1);
  expect(bytes, "more than a reader may be behind by").toBeGreaterThan(4 * 1024 * 1024);
}, 60_000);
