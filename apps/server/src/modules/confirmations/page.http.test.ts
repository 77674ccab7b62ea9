import { fromPublicId } from "@okno/contract";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { visit } from "../../testing/chat-visitor.ts";
import { signUp, startTestApp, type TestApp } from "../../testing/index.ts";
import { verifyEvidence } from "./index.ts";

// The customer's page: what it shows, and what alone answers.

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
beforeEach(() => t.clock.advance(60_000));
afterAll(() => t.close());

type AskBody = Parameters<TestApp["client"]["confirmations"]["ask"]>[0]["body"];

async function asked(more: Partial<AskBody> = {}, ticket?: string) {
  const id = ticket ?? (await t.client.tickets.create({ body: { subject: "Заказ", body: "…" } })).id;
  const body = { method: "link", text: "Доставить <b>завтра</b> в 10:00", ...more } as AskBody;
  const { confirmation, url } = await t.client.confirmations.ask({ params: { id }, body });
  return { ticket: id, id: confirmation.id, url: url ?? "" };
}

const ru = { "accept-language": "ru" };
async function open(url: string, init: RequestInit = {}) {
  const res = await fetch(url, { headers: ru, ...init });
  const html = await res.text();
  return {
    status: res.status,
    html,
    headers: res.headers,
    form: /name="form" value="([^"]+)"/u.exec(html)?.[1] ?? "",
  };
}
const send = (url: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  open(url, { method: "POST", body: new URLSearchParams(fields), headers: { ...ru, ...headers } });
const get = (id: string) => t.client.confirmations.get({ params: { id } });
const statusOf = async (id: string) => (await get(id)).status;
const eventsOf = async (id: string) => (await t.client.tickets.events({ params: { id } })).data;

test("looking changes nothing, however often and by whatever method; blind sendings change nothing either", async () => {
  const { id, url, ticket } = await asked();
  const before = await eventsOf(ticket);
  const page = await open(url);
  expect(page.status).toBe(200);
  expect(page.html).toContain("Доставить &lt;b&gt;завтра&lt;/b&gt; в 10:00");
  expect(page.html).toContain("Проект");
  for (const init of [{ method: "HEAD" }, {}, { headers: { "user-agent": "TelegramBot", ...ru } }])
    await open(url, init);
  for (const fields of [{}, { answer: "confirm" }, { answer: "confirm", form: "x".repeat(64) }])
    expect((await send(url, fields as Record<string, string>)).status).toBe(400);
  expect(await statusOf(id)).toBe("pending");
  expect(await eventsOf(ticket)).toEqual(before);
});

test("nothing of the page is kept, indexed, framed or told to others; it needs no script", async () => {
  const { url } = await asked();
  const { headers, html } = await open(url);
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("x-robots-tag")).toContain("noindex");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  const policy = headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe");
  expect(html.match(/<script>/gu)).toHaveLength(1);
  expect((await open(`${url}?lang=en`)).html).toContain("Yes, I confirm");
  expect((await open(url, { headers: { "accept-language": "en-GB" } })).html).toContain('<html lang="en">');
});

test("confirmed once: the double click, the other tab and the reload all read the same", async () => {
  const { id, url, ticket } = await asked();
  const [a, b] = [await open(url), await open(url)];
  const answers = await Promise.all([
    ...Array.from({ length: 15 }, () => send(url, { form: a.form, answer: "confirm" })),
    ...Array.from({ length: 15 }, () => send(url, { form: b.form, answer: "confirm" })),
  ]);
  for (const { status, html } of answers) {
    expect(status).toBe(200);
    expect(html).toContain("Вы подтвердили это");
  }
  expect((await eventsOf(ticket)).filter(({ type }) => type === "confirmation.confirmed")).toHaveLength(1);
  const { evidence, status } = await get(id);
  expect(status).toBe("confirmed");
  expect(evidence.map(({ kind }) => kind)).toEqual(["issued", "delivered", "answered"]);
  expect(evidence.at(-1)?.personal).toMatchObject({ address: "127.0.0.1" });
  const stored = fromPublicId("confirmation", id) ?? "";
  expect(await verifyEvidence(t.db.in(t.workspaceId), t.workspaceId, stored)).toEqual({ ok: true, links: 3 });
});

test("a link, a colleague and the taking back at the same moment: exactly one of them has happened", async () => {
  const person = await signUp(t, { grants: { [t.project]: "operator" } });
  for (let round = 0; round < 4; round++) {
    const { id, url, ticket } = await asked({ text: "Гонка" });
    const approval = await t.client.confirmations.ask({
      params: { id: ticket },
      body: { method: "approval", text: "Гонка" },
    });
    const { form } = await open(url);
    await Promise.allSettled([
      send(url, { form, answer: "confirm" }),
      person.client.confirmations.answer({
        params: { id: approval.confirmation.id },
        body: { answer: "confirm" },
      }),
      t.client.confirmations.revoke({ params: { id } }),
    ]);
    const [byLink, byApproval] = [await statusOf(id), await statusOf(approval.confirmation.id)];
    expect(["confirmed superseded", "superseded confirmed", "revoked confirmed"]).toContain(
      `${byLink} ${byApproval}`,
    );
  }
});

test("a refusal keeps its reason beside, not in the journal, and brings a settled ticket back", async () => {
  const { id, url, ticket } = await asked();
  await t.client.actions.complete({ params: { id: ticket }, body: {} });
  const { form } = await open(url);
  const answered = await send(url, { form, answer: "refuse", reason: "Меня не будет дома" });
  expect(answered.html).toContain("Отказ записан");
  expect(await get(id)).toMatchObject({ status: "refused", reason: "Меня не будет дома" });
  expect((await t.client.tickets.get({ params: { id: ticket } })).phase).toBe("open");
  expect(JSON.stringify(await eventsOf(ticket))).not.toContain("не будет дома");
});

test("a question is the customer's message and brings the ticket back; sent twice it is asked once; the answer stays open", async () => {
  const { id, url, ticket } = await asked();
  await t.client.actions.postpone({ params: { id: ticket }, body: { untilReply: true } });
  const { form } = await open(url);
  const question = { form, answer: "ask", question: "А можно вечером?" };
  const both = await Promise.all([send(url, question), send(url, question)]);
  for (const { html } of both) expect(html).toContain("Вопрос отправлен");
  const { data } = await t.client.messages.list({ params: { id: ticket } });
  expect(data.filter(({ body }) => body === "А можно вечером?")).toHaveLength(1);
  expect((await t.client.tickets.get({ params: { id: ticket } })).phase).toBe("open");
  expect(await statusOf(id)).toBe("pending");
  expect((await send(url, { form, answer: "ask", question: " " })).status).toBe(422);
  expect((await send(url, { form, answer: "confirm" })).html).toContain("Вы подтвердили это");
});

test("what was changed cannot be confirmed by the page that showed the old: the new is shown instead", async () => {
  const { url, ticket, id } = await asked();
  const { form } = await open(url);
  const newer = await asked({ text: "Доставить послезавтра" }, ticket);
  const stale = await send(url, { form, answer: "confirm" });
  expect(stale.status).toBe(409);
  expect(stale.html).toContain("Доставить послезавтра");
  expect(stale.html).not.toContain("<form");
  expect(await statusOf(id)).toBe("superseded");
  expect(await statusOf(newer.id)).toBe("pending");
  // A form of one demand is good for no other.
  expect((await send(newer.url, { form, answer: "confirm" })).status).toBe(400);
});

test("expired a second ago, taken back, replaced, unknown: each page says so, and none answers", async () => {
  const late = await asked({ expiresInMinutes: 1 });
  const { form } = await open(late.url);
  t.clock.advance(61_000);
  const expired = await send(late.url, { form, answer: "confirm" });
  expect(expired).toMatchObject({ status: 410 });
  expect(expired.html).toContain("Срок вышел");
  expect(await statusOf(late.id)).toBe("expired");
  const gone = await asked();
  await t.client.confirmations.revoke({ params: { id: gone.id } });
  expect((await open(gone.url)).html).toContain("Вопрос снят");
  const old = await asked();
  await asked({}, old.ticket);
  expect((await open(old.url)).html).toContain("Ссылка устарела");
  for (const token of ["x", "a".repeat(400), `${"0".repeat(26)}_${"a".repeat(43)}`]) {
    const unknown = await open(`${t.url}/c/${token}`);
    expect(unknown.status).toBe(404);
    expect(unknown.html).toContain("Такой ссылки нет");
  }
});

test("in a chat the customer gets the whole link and members a masked one; a second factor asks for the code as well", async () => {
  const body = { project: t.project, type: "webchat", name: "Чат" };
  const { publicKey } = await t.client.channels.create({ body });
  const visitor = await visit(t.url, publicKey);
  await visitor.say("хочу вернуть");
  const { data } = await t.client.tickets.list({ query: { limit: 100 } });
  const ticket = data.find(({ subject }) => subject === "хочу вернуть")?.id ?? "";
  const { id, url } = await asked({ secondFactor: true }, ticket);
  expect(url).toBe("");
  const heard = async () => (await visitor.messages()).at(-1)?.body ?? "";
  const link = /http\S+\/c\/\S+/u.exec(await heard())?.[0] ?? "";
  const token = link.split("/c/")[1] ?? "";
  const members = JSON.stringify([
    await t.client.messages.list({ params: { id: ticket } }),
    await eventsOf(ticket),
    await get(id),
  ]);
  expect(members).toContain("/c/••••••");
  expect(members).not.toContain(token);

  const first = await open(link);
  expect(first.html).not.toContain('value="confirm"');
  const sent = await send(link, { form: first.form, answer: "code" });
  expect(sent.html).toContain("Код отправлен");
  const code = /\d{6}/u.exec(await heard())?.[0] ?? "";
  const { form } = sent;
  expect((await send(link, { form, answer: "confirm" })).status).toBe(422);
  const wrong = await send(link, { form, answer: "confirm", code: code === "111111" ? "222222" : "111111" });
  expect(wrong.html).toContain("Осталось попыток: 4");
  expect(
    (await send(link, { form, answer: "confirm", code: `${code.slice(0, 3)} ${code.slice(3)}` })).html,
  ).toContain("Вы подтвердили");
  // The link goes on telling its customer how it stands; members go on reading the mask.
  const before = (await visitor.messages()).map(({ body }) => body).join("\n");
  expect(before).toContain(token);
  expect(before).not.toContain(code);
  const log = t.logs.join("\n");
  const metrics = await t.app.core.metrics.registry.metrics();
  for (const text of [log, metrics]) {
    expect(text).not.toContain(token);
    expect(text).not.toContain(code);
  }
});

test("that the page is in front of somebody is told once, by its script; an answer from a member's browser is marked", async () => {
  const { id, url, ticket } = await asked();
  const seen = () => send(`${url}/seen`, { seen: "1" });
  expect((await Promise.all([seen(), seen(), seen()])).map(({ status }) => status)).toEqual([204, 204, 204]);
  expect((await get(id)).openedAt).not.toBeNull();
  expect((await eventsOf(ticket)).filter(({ type }) => type === "confirmation.opened")).toHaveLength(1);
  const { form } = await open(url);
  await send(url, { form, answer: "confirm" }, { cookie: "okno_session=anything" });
  const told = (await eventsOf(ticket)).find(({ type }) => type === "confirmation.confirmed");
  expect(told?.data).toMatchObject({ staffBrowser: true });
});

test("a kind says what is confirmed: as soon as it changes, the page shows the new and takes no answer; settled, the kind moves on in the same transaction", async () => {
  let version = 1;
  let breaks = true;
  const settled: string[] = [];
  const { kindConfirmations } = t.app.core;
  t.app.core.kindConfirmations = () => ({
    mayAsk: (purpose) => purpose === "terms",
    subject: async () => ({ version, snapshot: { text: `Срок ${version} дня`, Сумма: `${version}00 ₽` } }),
    settled: async (_tx, { purpose, status }) => {
      if (breaks) throw new Error("the kind cannot move on");
      settled.push(`${purpose} ${status}`);
    },
  });
  try {
    await expect(asked()).rejects.toMatchObject({ code: "forbidden" });
    const { id, url } = await asked({ purpose: "terms" });
    const page = await open(url);
    expect(page.html).toContain("Срок 1 дня");
    expect(page.html).toContain('<dd dir="auto">100 ₽</dd>');
    // What the kind cannot do has not been answered either.
    expect((await send(url, { form: page.form, answer: "confirm" })).status).toBe(500);
    expect(await statusOf(id)).toBe("pending");
    breaks = false;
    version = 2;
    const stale = await send(url, { form: page.form, answer: "confirm" });
    expect(stale.status).toBe(409);
    expect(stale.html).toContain("Срок 2 дня");
    expect(settled).toEqual([]);
    version = 1;
    expect((await send(url, { form: page.form, answer: "confirm" })).html).toContain("Вы подтвердили это");
    expect(settled).toEqual(["terms confirmed"]);
  } finally {
    t.app.core.kindConfirmations = kindConfirmations;
  }
});
