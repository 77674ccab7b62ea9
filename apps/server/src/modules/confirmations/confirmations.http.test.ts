import { fromPublicId, routes } from "@okno/contract";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { call } from "../../testing/calls.ts";
import { type ChatVisitor, visit } from "../../testing/chat-visitor.ts";
import { cookieOf, createWorld, type World } from "../../testing/world.ts";
import { expireConfirmationJob, verifyEvidence } from "./index.ts";

// Asking from a ticket: by approval, by code, by link; what goes out, what members read, what the ticket tells.

let world: World;
let key: string;
beforeAll(async () => {
  world = await createWorld();
  const body = { project: world.here.project, type: "webchat", name: "Чат покупателей" };
  key = (await world.t.client.channels.create({ body })).publicKey;
});
beforeEach(() => world.t.clock.advance(60_000));
afterAll(() => world.close());

async function inquiry(): Promise<string> {
  const { id } = await world.t.client.tickets.create({ body: { subject: "Вопрос", body: "…" } });
  return id;
}

async function chat(words: string): Promise<{ visitor: ChatVisitor; ticket: string }> {
  const visitor = await visit(world.t.url, key);
  await visitor.say(words);
  const { data } = await world.t.client.tickets.list({ query: { limit: 100 } });
  return { visitor, ticket: data.find(({ subject }) => subject === words)?.id ?? "" };
}

type AskBody = Parameters<World["t"]["client"]["confirmations"]["ask"]>[0]["body"];
const ask = (ticket: string, body: AskBody) =>
  world.t.client.confirmations.ask({ params: { id: ticket }, body });
const get = (id: string) => world.t.client.confirmations.get({ params: { id } });
const ticketOf = (id: string) => world.t.client.tickets.get({ params: { id } });
const typesOf = async (id: string) =>
  (await world.t.client.tickets.events({ params: { id } })).data.map(({ type }) => type);
const soundly = (id: string) =>
  verifyEvidence(
    world.t.db.in(world.t.workspaceId),
    world.t.workspaceId,
    fromPublicId("confirmation", id) ?? "",
  );

test("an approval takes the word of different colleagues, with a reason for a no, and its ticket comes back to the inbox", async () => {
  const ticket = await inquiry();
  const asker = await world.newPerson();
  const [first, second] = [await world.newPerson(), await world.newPerson()];
  const { confirmation } = await asker.client.confirmations.ask({
    params: { id: ticket },
    body: { method: "approval", text: "Вернуть 5 000 ₽", needed: 2 },
  });
  await asker.client.actions.postpone({ params: { id: ticket }, body: { untilReply: true } });
  const answer = { params: { id: confirmation.id }, body: { answer: "confirm" as const } };
  expect(await first.client.confirmations.answer(answer)).toMatchObject({
    outcome: "counted",
    confirmation: { answers: 1, needed: 2, status: "pending" },
  });
  expect((await ticketOf(ticket)).phase).toBe("waiting");
  const { outcome, confirmation: after } = await second.client.confirmations.answer(answer);
  expect(outcome).toBe("confirmed");
  expect(after).toMatchObject({ status: "confirmed", settledBy: { name: second.member.name } });
  expect((await ticketOf(ticket)).phase).toBe("open");
  expect(await typesOf(ticket)).toEqual(
    expect.arrayContaining(["confirmation.issued", "confirmation.answered", "confirmation.confirmed"]),
  );
  const refusal = await asker.client.confirmations.ask({
    params: { id: ticket },
    body: { method: "approval", text: "А теперь 9 000 ₽" },
  });
  const no = { params: { id: refusal.confirmation.id } };
  const silent = first.client.confirmations.answer({ ...no, body: { answer: "refuse" } });
  await expect(silent).rejects.toMatchObject({ code: "invalid_request" });
  const refused = await first.client.confirmations.answer({
    ...no,
    body: { answer: "refuse", reason: "Много" },
  });
  expect(refused.confirmation).toMatchObject({ status: "refused", reason: "Много" });
  const told = await world.t.client.tickets.events({ params: { id: ticket } });
  expect(JSON.stringify(told)).not.toContain("Много");
});

test("a code reaches the customer alone; six wrong guesses are five attempts and an end; the next code voids the former", async () => {
  const { visitor, ticket } = await chat("подтвердите меня");
  const { confirmation, code, url } = await ask(ticket, { method: "code", text: "Сменить адрес доставки" });
  expect({ code, url }).toEqual({ code: null, url: null });
  const heard = async () => (await visitor.messages()).at(-1)?.body ?? "";
  const first = /\d{6}/u.exec(await heard())?.[0] ?? "";
  expect(first).toHaveLength(6);
  const seen = JSON.stringify([
    await world.t.client.messages.list({ params: { id: ticket } }),
    await ticketOf(ticket),
    await world.t.client.tickets.events({ params: { id: ticket } }),
    await get(confirmation.id),
  ]);
  expect(seen).toContain("••••••");
  expect(seen).not.toContain(first);

  const say = (given: string, id = confirmation.id) =>
    world.t.client.confirmations.answer({ params: { id }, body: { answer: "confirm", code: given } });
  const wrong = first === "000000" ? "000001" : "000000";
  for (let left = 4; left >= 0; left--) {
    const answered = await say(wrong);
    expect(answered).toMatchObject({ outcome: "wrong_code", confirmation: { attemptsLeft: left } });
  }
  await expect(say(first)).rejects.toMatchObject({ code: "limit_reached" });

  const again = await ask(ticket, { method: "code", text: "Сменить адрес доставки" });
  expect((await get(confirmation.id)).status).toBe("superseded");
  const second = /\d{6}/u.exec(await heard())?.[0] ?? "";
  if (second !== first)
    expect(await say(first, again.confirmation.id)).toMatchObject({ outcome: "wrong_code" });
  expect(await say(second, again.confirmation.id)).toMatchObject({ outcome: "confirmed" });
  // Settled, nobody reads it any more.
  expect(await heard()).not.toContain(second);
  expect(await soundly(again.confirmation.id)).toEqual({ ok: true, links: 3 });
  const stored = await world.t.db.system.query<{ all: string }>({
    name: "test.stored_codes",
    text: `select coalesce(string_agg(c::text || coalesce(e::text, ''), ''), '') as all from confirmations c
      left join confirmation_evidence e on e.confirmation_id = c.id where c.method = 'code'`,
  });
  for (const each of [first, second]) expect(stored[0]?.all).not.toContain(each);
});

test("where the conversation cannot bring it, a member gets no code, and a link is handed over once and marked so", async () => {
  const ticket = await inquiry();
  const operator = await world.newPerson();
  const by = operator.client.confirmations;
  const params = { id: ticket };
  const body = { text: "Это вы?" };
  await expect(by.ask({ params, body: { ...body, method: "code" } })).rejects.toMatchObject({
    code: "undeliverable",
  });
  await expect(
    by.ask({ params, body: { ...body, method: "link", delivery: "conversation" } }),
  ).rejects.toMatchObject({ code: "undeliverable" });
  const headers = { "idempotency-key": "ask-once" };
  const asked = await call(world, routes.confirmations.ask, cookieOf(operator), {
    params,
    body: { ...body, method: "link" },
    headers,
  });
  const first = asked.json as { url: string; confirmation: { id: string; delivery: string } };
  expect(first.url).toMatch(/\/c\/[0-9a-z]{26}_[\w-]{43}$/u);
  expect(first.confirmation.delivery).toBe("handed");
  const repeated = await call(world, routes.confirmations.ask, cookieOf(operator), {
    params,
    body: { ...body, method: "link" },
    headers,
  });
  expect(repeated.json).toEqual({ ...(asked.json as object), url: null });
  const token = first.url.split("/c/")[1] ?? "";
  const shown = JSON.stringify([await get(first.confirmation.id), await by.list({ params })]);
  expect(shown).not.toContain(token);
  const kept = await world.t.db.system.query(
    {
      name: "test.stored_tokens",
      text: `select 1 from idempotency_records where response::text like '%' || $1 || '%'
      union all select 1 from confirmations c where c::text like '%' || $1 || '%'`,
    },
    [token],
  );
  expect(kept).toEqual([]);
});

test("a key may hand a code over by ways of its own, and answers what calls are asked for", async () => {
  const ticket = await inquiry();
  const handed = await ask(ticket, { method: "code", text: "По SMS", purpose: "sms" });
  expect(handed.code).toMatch(/^\d{6}$/u);
  const right = { answer: "confirm" as const, code: handed.code ?? "" };
  const answered = await world.t.client.confirmations.answer({
    params: { id: handed.confirmation.id },
    body: right,
  });
  expect(answered.outcome).toBe("confirmed");
  const called = await ask(ticket, { method: "api", text: "Отгрузить", purpose: "shipping" });
  const person = await world.newPerson();
  const params = { id: called.confirmation.id };
  const yes = { params, body: { answer: "confirm" as const } };
  await expect(person.client.confirmations.answer(yes)).rejects.toMatchObject({ code: "forbidden" });
  expect((await world.t.client.confirmations.answer(yes)).outcome).toBe("confirmed");
  const link = await ask(ticket, { method: "link", text: "Ссылка", purpose: "linked" });
  const byMember = person.client.confirmations.answer({
    params: { id: link.confirmation.id },
    body: { answer: "confirm" },
  });
  await expect(byMember).rejects.toMatchObject({ code: "forbidden" });
});

test("the same words by another method are one matter; other words are another, and void the first", async () => {
  const ticket = await inquiry();
  const link = await ask(ticket, { method: "link", text: "Завтра в 10" });
  const approval = await ask(ticket, { method: "approval", text: "Завтра в 10" });
  expect(approval.confirmation.subject).toEqual(link.confirmation.subject);
  expect((await get(link.confirmation.id)).status).toBe("pending");
  const changed = await ask(ticket, { method: "approval", text: "Завтра в 12" });
  expect(changed.confirmation.subject.version).toBe(2);
  expect((await get(link.confirmation.id)).status).toBe("superseded");
  expect((await get(approval.confirmation.id)).status).toBe("superseded");
});

test("taken back it cannot be answered, twice is no error, and an answered one cannot be taken back", async () => {
  const ticket = await inquiry();
  const { confirmation } = await ask(ticket, { method: "approval", text: "Да?" });
  const params = { id: confirmation.id };
  expect((await world.t.client.confirmations.revoke({ params })).status).toBe("revoked");
  expect((await world.t.client.confirmations.revoke({ params })).status).toBe("revoked");
  const other = await ask(ticket, { method: "approval", text: "Да?" });
  const person = await world.newPerson();
  const answered = { params: { id: other.confirmation.id }, body: { answer: "confirm" as const } };
  await person.client.confirmations.answer(answered);
  await expect(world.t.client.confirmations.revoke({ params: answered.params })).rejects.toMatchObject({
    code: "confirmation_settled",
  });
});

test("when its time is over it ends by a job, once, and the waiting ticket comes back; silence is no answer", async () => {
  const ticket = await inquiry();
  const { confirmation } = await ask(ticket, { method: "approval", text: "Да?", expiresInMinutes: 5 });
  await world.t.client.actions.postpone({ params: { id: ticket }, body: { untilReply: true } });
  const job = expireConfirmationJob(world.t.app.core);
  const payload = { confirmationId: fromPublicId("confirmation", confirmation.id) ?? "" };
  const run = () => job.run(payload, { workspaceId: world.t.workspaceId, attempt: 1 });
  await run();
  expect((await get(confirmation.id)).status).toBe("pending");
  world.t.clock.advance(5 * 60_000);
  expect((await get(confirmation.id)).status).toBe("expired");
  await Promise.all([run(), run()]);
  expect((await typesOf(ticket)).filter((type) => type === "confirmation.expired")).toHaveLength(1);
  expect((await ticketOf(ticket)).phase).toBe("open");
  expect(await soundly(confirmation.id)).toEqual({ ok: true, links: 2 });
});

test("an address it is bound to must be the contact's own", async () => {
  const { id } = await world.t.client.tickets.create({
    body: { subject: "С адресом", body: "…", contact: { email: "petr@example.com", phone: "+79161234567" } },
  });
  const bound = await ask(id, { method: "link", text: "Да?", address: "8 916 123-45-67" });
  expect(bound.confirmation.address).toBe("+79161234567");
  await expect(
    ask(id, { method: "link", text: "Да?", address: "stranger@example.com" }),
  ).rejects.toMatchObject({ code: "unknown_reference" });
});

test("what was asked in a ticket that was merged is seen and answered in the one that took it in", async () => {
  const contact = { email: "merged@example.com" };
  const make = async (subject: string) =>
    (await world.t.client.tickets.create({ body: { subject, body: "…", contact } })).id;
  const [source, survivor] = [await make("Один"), await make("Другой")];
  const { confirmation } = await ask(source, { method: "approval", text: "Да?" });
  await world.t.client.merging.merge({ params: { id: source }, body: { into: survivor } });
  const listed = await world.t.client.confirmations.list({ params: { id: survivor } });
  expect(listed.data.map(({ id }) => id)).toEqual([confirmation.id]);
  const person = await world.newPerson();
  await person.client.confirmations.answer({
    params: { id: confirmation.id },
    body: { answer: "confirm" },
  });
  expect(await typesOf(survivor)).toContain("confirmation.confirmed");
});

test("twenty demands an hour in one ticket are enough", async () => {
  const ticket = await inquiry();
  for (let n = 0; n < 20; n++) await ask(ticket, { method: "approval", text: `Вопрос ${n}` });
  await expect(ask(ticket, { method: "approval", text: "Ещё" })).rejects.toMatchObject({
    code: "limit_reached",
  });
});
