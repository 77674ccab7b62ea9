import type { Problem } from "@okno/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminKey, type Person, signUp, startTestApp, type TestApp } from "./testing/index.ts";

// Every place in which a person writes something that others will read, given what people and their programs really write there.

let t: TestApp;
let anna: Person;
let topic: string;
beforeAll(async () => {
  t = await startTestApp();
  topic = (await t.client.topics.create({ body: { project: t.project, name: "Тема" } })).id;
  anna = await signUp(t, { grants: { [t.project]: "admin" } });
});
afterAll(() => t.close());

type Answer = { status: number; code?: string; text: string; body: Record<string, unknown> };

/** By bytes, since a half of a character is no JSON that a library would write. */
async function send(method: string, path: string, body: object, by: "key" | "anna" = "key"): Promise<Answer> {
  const headers = {
    "content-type": "application/json",
    ...(by === "key" && { authorization: `Bearer ${adminKey}` }),
  };
  const call = by === "key" ? fetch : anna.fetch;
  const res = await call(`${t.url}${path}`, { method, headers, body: JSON.stringify(body) });
  const text = await res.text();
  const answer = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { status: res.status, code: (answer as Partial<Problem>).code ?? "", text, body: answer };
}

type Place = {
  name: string;
  max: number;
  /** Where in the body the text stands. */
  pointer: string;
  /** Longer texts with line ends are kept as they are. */
  lines?: true;
  write(text: string): Promise<Answer>;
  read(answer: Answer): unknown;
};

let count = 0;
const contact = async () =>
  (await t.client.contacts.create({ body: { project: t.project, name: "Кто-то" } })).id;
const ticket = async () =>
  (await t.client.tickets.create({ body: { subject: `Заявка ${++count}`, body: "Первое" } })).id;
const nameOf = ({ body }: Answer) => body.name;

async function splitOff(subject: string): Promise<Answer> {
  const id = await ticket();
  const message = await t.client.messages.add({ params: { id }, body: { body: "Второе", from: "customer" } });
  return send("POST", `/v1/tickets/${id}/messages/${message.id}/split`, { subject });
}

async function value(text: string): Promise<Answer> {
  const name = `Поле ${++count}`;
  const field = await t.client.contactFields.create({ body: { project: t.project, name, kind: "text" } });
  const id = await contact();
  const { version } = await t.client.contacts.get({ params: { id } });
  const answer = await send("PATCH", `/v1/contacts/${id}`, { version, fields: { [field.id]: text } });
  await t.client.contactFields.archive({ params: { id: field.id } });
  return answer;
}

const empty = { all: [] };
const hasSubject = (text: string) => ({ all: [{ field: "subject", op: "contains", value: text }] });

const places: Place[] = [
  {
    name: "a team's name",
    max: 60,
    pointer: "/name",
    write: (name) => send("POST", "/v1/teams", { project: t.project, name, members: [] }),
    read: nameOf,
  },
  {
    name: "a view's name",
    max: 80,
    pointer: "/name",
    write: (name) => send("POST", "/v1/views", { name, condition: empty }, "anna"),
    read: nameOf,
  },
  {
    name: "a condition of a view",
    max: 100,
    pointer: "/condition/all/0/value",
    write: (text) =>
      send("POST", "/v1/views", { name: `Вид ${++count}`, condition: hasSubject(text) }, "anna"),
    read: ({ body }) => (body as { condition: { all: { value: string }[] } }).condition.all[0]?.value,
  },
  {
    name: "a field's name",
    max: 80,
    pointer: "/name",
    write: (name) => send("POST", "/v1/contact-fields", { project: t.project, name, kind: "text" }),
    read: nameOf,
  },
  {
    name: "a choice of a field",
    max: 100,
    pointer: "/choices/0",
    write: (text) =>
      send("POST", "/v1/contact-fields", {
        project: t.project,
        name: `Выбор ${++count}`,
        kind: "choice",
        choices: [text],
      }),
    read: ({ body }) => (body.choices as string[])[0],
  },
  {
    name: "a field's value",
    max: 1000,
    pointer: "/fields",
    write: value,
    read: ({ body }) => Object.values(body.fields as object)[0],
  },
  {
    name: "a customer's name",
    max: 200,
    pointer: "/name",
    write: (name) => send("POST", "/v1/contacts", { project: t.project, name }),
    read: nameOf,
  },
  {
    name: "a note about a customer",
    max: 5000,
    pointer: "/note",
    lines: true,
    write: async (note) => send("PATCH", `/v1/contacts/${await contact()}`, { version: 1, note }),
    read: ({ body }) => body.note,
  },
  {
    name: "a changed subject",
    max: 300,
    pointer: "/subject",
    write: async (subject) => send("POST", `/v1/tickets/${await ticket()}/actions/set`, { subject }),
    read: ({ body }) => body.subject,
  },
  {
    name: "a split subject",
    max: 300,
    pointer: "/subject",
    write: splitOff,
    read: ({ body }) => body.subject,
  },
  {
    name: "a topic",
    max: 80,
    pointer: "/name",
    write: (name) => send("PATCH", `/v1/topics/${topic}`, { name }),
    read: nameOf,
  },
  {
    name: "a label",
    max: 40,
    pointer: "/name",
    write: (name) => send("POST", "/v1/labels", { project: t.project, name }),
    read: nameOf,
  },
  {
    name: "a note handed over",
    max: 5000,
    pointer: "/note",
    lines: true,
    write: async (note) => {
      const id = await ticket();
      const answer = await send("POST", `/v1/tickets/${id}/actions/transfer`, {
        member: anna.member.id,
        note,
      });
      if (answer.status !== 200) return answer;
      const [newest] = (await t.client.messages.list({ params: { id } })).data;
      return { ...answer, body: { note: newest?.body } };
    },
    read: ({ body }) => body.note,
  },
];

const half = "\ud83d";
const family = "👩‍👩‍👧‍👦";
const stacked = `Z${"\u0351".repeat(20)}`;

/** What goes in, and what is kept of it in one line; the same in many lines, where that differs. */
const texts: [string, string, string, string?][] = [
  ["markup", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"],
  ["a formula", "=HYPERLINK(1+1)", "=HYPERLINK(1+1)"],
  ["a quoted statement", "'; drop table t --", "'; drop table t --"],
  ["a template", "{{7*7}} %s {0} #{1}", "{{7*7}} %s {0} #{1}"],
  ["a family of one sign", family, family],
  ["Arabic", "مرحبا بالعالم", "مرحبا بالعالم"],
  ["marks stacked high", stacked, stacked.normalize("NFC")],
  ["an override", "счёт\u202efdp.exe", "счётfdp.exe", "счёт\u202efdp.exe"],
  ["isolates and invisible signs", "а\u2066\u200b\ufeffб", "аб", "а\u2066\u200b\ufeffб"],
  ["half a character", `а${half}б`, "а\ufffdб"],
  ["two spellings", "и\u0306", "й"],
  ["lines and controls", "а\r\n\u0007б", "а б", "а\nб"],
];

describe.each(places)("$name", (place) => {
  test("is kept as text, whatever it looks like", async () => {
    for (const [name, written, kept, asLines] of texts) {
      const answer = await place.write(written);
      expect([200, 201], `${name}: ${answer.text}`).toContain(answer.status);
      expect(place.read(answer), name).toBe(place.lines ? (asLines ?? kept) : kept);
      expect(answer.text.isWellFormed(), name).toBe(true);
    }
  });

  test("is taken whole up to its limit, and refused beyond it with the place named, never cut in silence", async () => {
    const longest = "я".repeat(place.max);
    const taken = await place.write(longest);
    expect([200, 201], taken.text).toContain(taken.status);
    expect(place.read(taken)).toBe(longest);
    for (const text of [`${longest}я`, "я".repeat(10_000), `а\u0000б`, family.repeat(place.max)]) {
      const refused = await place.write(text);
      expect({ status: refused.status, code: refused.code }).toEqual({
        status: 400,
        code: "invalid_request",
      });
      expect(refused.text, "the place is named").toContain(place.pointer);
    }
  });
});

test("what is cut short for a list is cut between characters", async () => {
  for (const before of ["", "я"]) {
    const words = before + "😀".repeat(700);
    const { id } = await t.client.tickets.create({
      body: { subject: before + "😀".repeat(140), body: words, contact: { name: before + "😀".repeat(90) } },
    });
    await anna.client.drafts.put({ params: { id }, body: { reply: words, version: 0 } });
    await anna.client.messages.add({ params: { id }, body: { body: words, visibility: "internal" } });
    for (const path of [
      `/v1/tickets?limit=5`,
      `/v1/drafts`,
      `/v1/search?q=${encodeURIComponent(`тема:${before}😀`)}`,
      "/v1/notifications",
    ]) {
      const text = await (await anna.fetch(`${t.url}${path}`)).text();
      expect(text, path).not.toMatch(/\\ud[89a-f]|\ufffd/iu);
    }
  }
});

test("a draft keeps what a message would refuse, and a search of anything at all answers", async () => {
  const id = await ticket();
  const nasty = texts.map(([, written]) => written).join("\n");
  const kept = await anna.client.drafts.put({
    params: { id },
    body: { reply: `${nasty}\u0000`, version: 0 },
  });
  expect(kept.reply).toBe(nasty.toWellFormed());
  for (const [name, written] of texts) {
    const res = await anna.fetch(`${t.url}/v1/search?q=${encodeURIComponent(written.toWellFormed())}`);
    expect(res.status, name).toBe(200);
    const suggested = await anna.fetch(
      `${t.url}/v1/search/suggest?q=${encodeURIComponent(written.toWellFormed())}`,
    );
    expect(suggested.status, name).toBe(200);
  }
});

test("ids, tabs and dates of the new routes that are none are refused by their place, never a fault", async () => {
  const id = await ticket();
  const long = "x".repeat(10_000);
  const calls: [string, string, object][] = [
    ["POST", "/v1/bulk", { action: "complete", body: {}, match: { ids: [long] } }],
    ["POST", "/v1/bulk", { action: "complete", body: {}, match: { ids: Array(20_000).fill(id) } }],
    ["POST", "/v1/bulk/preview", { action: "set", body: { labels: [long] }, match: { list: {} } }],
    ["POST", "/v1/bulk/preview", { action: "complete", body: {}, match: { list: { q: `а\u0000` } } }],
    ["POST", `/v1/tickets/${id}/merge`, { into: "tkt_\u202e" }],
    ["PUT", `/v1/tickets/${id}/links/${encodeURIComponent("😀")}`, {}],
    ["PUT", `/v1/tickets/${id}/followers/${encodeURIComponent("'--")}`, {}],
    ["POST", "/v1/presence", { ticket: id, doing: "viewing", tab: long }],
    ["PUT", "/v1/me/status", { status: "away", until: "+275760-09-13T00:00:00.001Z" }],
    ["POST", `/v1/tickets/${id}/read`, { upTo: 1e300 }],
    ["POST", "/v1/notifications/read", { ids: [long] }],
    ["PATCH", "/v1/me/notification-settings", { quiet: { from: "25:00", until: "٠١:٠٠", timeZone: long } }],
    [
      "POST",
      "/v1/me/push-subscriptions",
      { endpoint: "javascript:alert(1)", keys: { p256dh: "x", auth: "y" } },
    ],
    ["PUT", "/v1/views/arrangement", { order: [long], hidden: [] }],
    [
      "POST",
      "/v1/views/count",
      { condition: { all: [{ field: "created", op: "before", value: "0000-00-00" }] } },
    ],
  ];
  for (const [method, path, body] of calls) {
    const answer = await send(method, path, body, "anna");
    expect([400, 404], `${method} ${path} ${answer.text.slice(0, 200)}`).toContain(answer.status);
  }
});
