import { fromPublicId } from "@okno/contract";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ChatVisitor, visit } from "../../testing/chat-visitor.ts";
import { startTestApp, type TestApp } from "../../testing/index.ts";

const dayMs = 86_400_000;

let t: TestApp;
let channel: { id: string; publicKey: string };
let key: string;

beforeAll(async () => {
  t = await startTestApp();
  channel = await openChat({});
  key = channel.publicKey;
});
// All visitors of this file have one address: what it may ask in a minute is saved up again.
beforeEach(() => t.clock.advance(60_000));
afterAll(() => t.close());

const openChat = (config: Record<string, unknown>) =>
  t.client.channels.create({ body: { project: t.project, type: "webchat", name: "Чат", config } });

async function ticketOf(subject: string) {
  const { data } = await t.client.tickets.list({ query: { limit: 100 } });
  const found = data.find((ticket) => ticket.subject === subject);
  if (!found) throw new Error(`no ticket ${subject}`);
  return found;
}

async function begin(words: string, publicKey = key) {
  const visitor = await visit(t.url, publicKey);
  expect((await visitor.say(words)).status).toBe(201);
  return { visitor, ticket: await ticketOf(words) };
}

const answer = (id: string, body: string) => t.client.messages.add({ params: { id }, body: { body } });
const eventsOf = async (id: string) => (await t.client.tickets.events({ params: { id } })).data;
const statusesOf = async (id: string) =>
  (await t.client.messages.list({ params: { id } })).data.map(
    ({ direction, status }) => `${direction}:${status}`,
  );

async function ended(words: string, publicKey = key) {
  const begun = await begin(words, publicKey);
  await answer(begun.ticket.id, "Готово");
  await t.client.actions.complete({ params: { id: begun.ticket.id }, body: {} });
  return { ...begun, completion: await completionOf(begun.visitor, publicKey) };
}
async function completionOf(visitor: ChatVisitor, publicKey = key) {
  const { opened } = await visit(t.url, publicKey, visitor.token);
  return opened.body.completion as {
    name: string;
    rating: { score: number; words: string | null } | null;
  } | null;
}

/** Reads the visitor's stream until it says what is awaited. */
async function hear(visitor: ChatVisitor, isIt: (event: string, data: Record<string, unknown>) => boolean) {
  const leave = new AbortController();
  const timer = setTimeout(() => leave.abort(), 8_000);
  const told: string[] = [];
  try {
    for await (const { event, data } of visitor.events(leave.signal)) {
      told.push(event);
      if (isIt(event, data)) return data;
    }
    throw new Error(`only heard ${told.join(", ")}`);
  } finally {
    clearTimeout(timer);
    leave.abort();
  }
}

test("what the customer has read is marked up to there, never back, and marking it again writes nothing", async () => {
  const { visitor, ticket } = await begin("прочтите меня");
  const first = await answer(ticket.id, "раз");
  const second = await answer(ticket.id, "два");
  const seen = (upTo: string, status: string) => visitor.post("seen", { upTo, status });
  await seen(second.id, "read");
  const after = await eventsOf(ticket.id);
  expect(await statusesOf(ticket.id)).toEqual(["out:read", "out:read", "in:received"]);
  await Promise.all([seen(second.id, "read"), seen(first.id, "read"), seen(second.id, "delivered")]);
  expect(await statusesOf(ticket.id)).toEqual(["out:read", "out:read", "in:received"]);
  expect(await eventsOf(ticket.id)).toHaveLength(after.length);
});

test("an operator who opens the ticket is seen by the visitor to have read it: one event, however often it is opened", async () => {
  const { visitor, ticket } = await begin("кто-нибудь читает?");
  await visitor.say("ау");
  const mark = (upTo: number) => t.client.readMarks.mark({ params: { id: ticket.id }, body: { upTo } });
  const { messageSeq } = await t.client.tickets.get({ params: { id: ticket.id } });
  const before = (await eventsOf(ticket.id)).length;
  const heard = hear(
    visitor,
    (_event, data) =>
      (data.messages as { status: string }[] | undefined)?.every(({ status }) => status === "read") === true,
  );
  const marked = await Promise.all([1, 2, 3].map(() => mark(messageSeq)));
  expect(marked.reduce((sum, each) => sum + each.marked, 0)).toBe(2);
  await heard;
  expect((await visitor.messages()).map(({ status }) => status)).toEqual(["read", "read"]);
  expect(await mark(1)).toEqual({ marked: 0 });
  expect(await eventsOf(ticket.id)).toHaveLength(before + 1);
});

test("a customer who cannot be shown a mark costs no write", async () => {
  const made = await t.client.tickets.create({ body: { subject: "по API", body: "?" } });
  expect(await t.client.readMarks.mark({ params: { id: made.id }, body: { upTo: 1 } })).toEqual({
    marked: 0,
  });
  expect(await eventsOf(made.id)).toHaveLength(1);
});

test("the visitor sees who writes an answer, by the first name; who only looks, or writes a note, is not told of", async () => {
  const { visitor } = await begin("пишут ли мне");
  const [row] = await t.db.system.query<{ id: string }>({
    name: "test_ticket_id",
    text: "select id from tickets where subject = 'пишут ли мне'",
  });
  const { presence } = t.app.core;
  const who = { kind: "member", id: "018f0000-0000-7000-8000-000000000001", name: "Анна Петровна" } as const;
  const seat = {
    workspaceId: t.workspaceId,
    projectId: t.projectId,
    ticketId: row?.id ?? "",
    who,
    session: "1",
  };
  const steps = ["viewing", "typing", "viewing", "typing", null] as const;
  const told: unknown[] = [];
  const heard = hear(visitor, (event, data) => {
    if (event === "state")
      for (const [n, doing] of steps.entries())
        setTimeout(() => presence.announce({ ...seat, doing }), n * 60);
    if (event === "typing") told.push(data.name);
    return told.length === 4;
  });
  await heard;
  expect(told).toEqual(["Анна", null, "Анна", null]);
});

test("a visitor who writes is announced at the ticket, and nothing of it is stored", async () => {
  const { visitor, ticket } = await begin("я печатаю");
  const before = (await eventsOf(ticket.id)).length;
  expect((await visitor.post("typing", { typing: true })).status).toBe(200);
  const doing = () =>
    t.app.core.presence.everywhere(t.workspaceId).filter(({ who }) => who.kind === "contact");
  expect(doing().map((each) => each.doing)).toEqual(["typing"]);
  expect((await visitor.post("typing", { typing: false })).status).toBe(200);
  expect(doing()).toEqual([]);
  expect(await eventsOf(ticket.id)).toHaveLength(before);
  const stranger = await visit(t.url, key);
  expect((await stranger.post("typing", { typing: true })).status).toBe(200);
  expect(doing()).toEqual([]);
});

test("a visitor whose ticket was merged is announced where the conversation goes on", async () => {
  const { visitor, ticket } = await begin("меня объединили");
  const into = await t.client.tickets.create({
    body: { subject: "та же история", body: "?", contact: { id: ticket.contact?.id ?? "" } },
  });
  await t.client.merging.merge({ params: { id: ticket.id }, body: { into: into.id } });
  await visitor.post("typing", { typing: true });
  const seats = t.app.core.presence
    .everywhere(t.workspaceId)
    .filter(({ who }) => who.kind === "contact")
    .map(({ ticketId }) => ticketId);
  await visitor.post("typing", { typing: false });
  expect(seats).toEqual([fromPublicId("ticket", into.id)]);
});

test("one answer a completion: the same again changes nothing, another replaces it for a day, and then it stands", async () => {
  const { visitor, ticket, completion } = await ended("оцените меня");
  const name = completion?.name;
  const rate = (score: number, words?: string) =>
    visitor.post("rating", { completion: name, score, ...(words && { words }) });
  const answers = await Promise.all([rate(4), rate(4), rate(4)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  const rated = async () => (await eventsOf(ticket.id)).filter(({ type }) => type === "ticket.rated");
  expect(await rated()).toMatchObject([{ data: { score: 4, scale: "five", worded: false } }]);
  expect((await rate(5, "Спасибо <b>Анне</b>")).status).toBe(200);
  const [latest] = await rated();
  expect(latest).toMatchObject({ data: { score: 5, from: 4, words: "Спасибо <b>Анне</b>" } });
  expect((await completionOf(visitor))?.rating).toMatchObject({ score: 5, words: "Спасибо <b>Анне</b>" });
  t.clock.advance(dayMs);
  expect((await rate(1)).body.code).toBe("action_not_allowed");
  expect((await rated()).length).toBe(2);
});

test("the words of an answer stand beside the journal, not in it", async () => {
  const { visitor, completion } = await ended("слова отдельно");
  await visitor.post("rating", { completion: completion?.name, score: 2, words: "тайные слова клиента" });
  const [row] = await t.db.system.query<{ found: boolean }>({
    name: "test_words_in_journal",
    text: "select exists (select from ticket_events where data::text like '%тайные слова%') as found",
  });
  expect(row?.found).toBe(false);
  expect(t.logs.join("\n")).not.toContain("тайные слова");
});

test("a stranger rates nothing, nor does anybody a matter that is not done, or that nobody has answered", async () => {
  const { completion } = await ended("чужая оценка");
  const stranger = await visit(t.url, key);
  await stranger.say("я тут никто");
  expect((await stranger.post("rating", { completion: completion?.name, score: 1 })).status).toBe(404);
  const forged = await visit(t.url, key, `${"0".repeat(32)}.x`);
  expect((await forged.post("rating", { completion: completion?.name, score: 1 })).status).toBe(401);

  const { visitor, ticket } = await begin("без ответа");
  const now = t.clock.now().toISOString();
  expect((await visitor.post("rating", { completion: now, score: 5 })).status).toBe(404);
  await t.client.actions.complete({ params: { id: ticket.id }, body: {} });
  expect(await completionOf(visitor)).toBeNull();
});

test("a matter that came back and is done again is asked about again, and the first answer stays", async () => {
  const { visitor, ticket, completion } = await ended("вернётся");
  await visitor.post("rating", { completion: completion?.name, score: 1 });
  await visitor.say("нет, не готово");
  expect(await completionOf(visitor)).toBeNull();
  t.clock.advance(1000);
  await t.client.actions.complete({ params: { id: ticket.id }, body: {} });
  const again = await completionOf(visitor);
  expect(again?.rating).toBeNull();
  expect((await visitor.post("rating", { completion: completion?.name, score: 5 })).status).toBe(404);
  expect((await visitor.post("rating", { completion: again?.name, score: 5 })).status).toBe(200);
});

test("a channel asks good or bad, or nothing", async () => {
  const two = await openChat({ rating: "two" });
  const good = await ended("хорошо или плохо", two.publicKey);
  expect(
    (await good.visitor.post("rating", { completion: good.completion?.name, score: 3 })).body.errors,
  ).toMatchObject([{ pointer: "/score" }]);
  expect((await good.visitor.post("rating", { completion: good.completion?.name, score: 5 })).status).toBe(
    200,
  );
  const off = await openChat({ rating: "off" });
  const unasked = await ended("не спрашивайте", off.publicKey);
  expect(unasked.completion).toBeNull();
});

test("the transcript has every public word, escaped, and nothing internal; nobody else can have it", async () => {
  const { visitor, ticket } = await begin(`<img src=x onerror=alert(1)> & "кавычки"`);
  await answer(ticket.id, "Публичный ответ");
  await t.client.messages.add({
    params: { id: ticket.id },
    body: { body: "тайная заметка", visibility: "internal" },
  });
  for (let n = 0; n < 120; n++) await visitor.say(`строка ${n}`);
  const page = await visitor.raw("transcript?format=html&lang=ru");
  const html = await page.text();
  expect(page.headers.get("content-disposition")).toContain("attachment");
  expect(html).toContain("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;кавычки&quot;");
  expect(html).not.toContain("<img");
  const text = await (await visitor.raw("transcript")).text();
  for (const whole of [html, text]) {
    for (const said of ["Публичный ответ", "строка 0", "строка 119"]) expect(whole).toContain(said);
    expect(whole).not.toContain("тайная заметка");
    expect(whole.indexOf("строка 0")).toBeLessThan(whole.indexOf("строка 119"));
  }
  expect((await fetch(`${t.url}/chat/${key}/transcript`)).status).toBe(401);
  const stranger = await visit(t.url, key);
  expect(await (await stranger.raw("transcript")).text()).not.toContain("Публичный ответ");
});

test("the promise is measured over the channel's own latest answers, and nothing is promised of too few", async () => {
  const { publicKey } = await openChat({ hours: ["ежедневно 0:00-24:00"] });
  const desk = async () =>
    (await (await fetch(`${t.url}/chat/${publicKey}/desk`)).json()) as Record<string, unknown>;
  expect(await desk()).toMatchObject({ open: true, replyMinutes: null, text: null });
  for (const [n, minutes] of [1, 4, 4, 9, 60].entries()) {
    const { ticket } = await begin(`измерение ${n}`, publicKey);
    t.clock.advance(minutes * 60_000);
    await answer(ticket.id, "ответ");
  }
  t.clock.advance(11 * 60_000);
  expect(await desk()).toMatchObject({ open: true, replyMinutes: 5 });
});

test("hours that cannot be read are refused by their line, and a closed desk says when it opens", async () => {
  await expect(openChat({ hours: ["пн-пт 9:00-18:00", "в обед"] })).rejects.toMatchObject({
    problem: { errors: [{ pointer: "/config/hours/1" }] },
  });
  const { publicKey } = await openChat({
    hours: ["2020-01-01 9:00-10:00"],
    promise: "text",
    promiseText: "Скоро",
  });
  const desk = await (await fetch(`${t.url}/chat/${publicKey}/desk`)).json();
  expect(desk).toMatchObject({ open: false, opensAt: null, text: "Скоро" });
});
