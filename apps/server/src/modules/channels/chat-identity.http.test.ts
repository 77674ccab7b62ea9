import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visit } from "../../testing/chat-visitor.ts";
import { startTestApp, type TestApp } from "../../testing/index.ts";

// Who the site says its user is: signed with the channel's secret, proved in the window, the same on every device.

let t: TestApp;
let channel: { id: string; publicKey: string };
let key: string;

beforeAll(async () => {
  t = await startTestApp();
  channel = await openChat();
  key = channel.publicKey;
});
afterAll(() => t.close());

const openChat = () =>
  t.client.channels.create({ body: { project: t.project, type: "webchat", name: "Чат" } });

async function ticketOf(subject: string) {
  const { data } = await t.client.tickets.list({ query: { limit: 100 } });
  const found = data.find((ticket) => ticket.subject === subject);
  if (!found) throw new Error(`no ticket ${subject}`);
  return found;
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
function signed(secret: string, user: Record<string, unknown>): string {
  const exp = Math.floor(t.clock.now().getTime() / 1000) + 3600;
  const text = `${part({ alg: "HS256", typ: "JWT" })}.${part({ exp, ...user })}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}
const newSecret = async (id = channel.id) => t.client.channelSecrets.create({ params: { id } });

test("a channel's secret is shown once and never again, two are good at a time, a removed one is good for nothing", async () => {
  const { id, publicKey } = await openChat();
  const made = await Promise.allSettled([1, 2, 3].map(() => newSecret(id)));
  const [first, second] = made
    .flatMap((each) => (each.status === "fulfilled" ? each.value : []))
    .sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
  if (!first || !second) throw new Error("two secrets");
  expect(made.filter(({ status }) => status === "rejected")).toMatchObject([
    { reason: { code: "limit_reached" } },
  ]);
  const listed = await t.client.channelSecrets.list({ params: { id } });
  expect(listed.data.map(({ hint }) => hint)).toEqual([first.secret.slice(-4), second.secret.slice(-4)]);
  const everything = JSON.stringify([listed, await t.client.channels.list(), t.logs]);
  const [stored] = await t.db.system.query<{ all: string }>({
    name: "test_stored_secrets",
    text: "select string_agg(encode(sealed, 'escape'), '') || (select string_agg(data::text, '') from workspace_events) as all from channel_secrets",
  });
  for (const { secret } of [first, second]) {
    expect(everything).not.toContain(secret);
    expect(stored?.all).not.toContain(secret);
    expect(
      (await visit(t.url, publicKey, undefined, signed(secret, { sub: "1" }))).opened.body.identity,
    ).toEqual({
      accepted: true,
    });
  }
  await t.client.channelSecrets.remove({ params: { id, secret: first.entry.id } });
  const refused = await visit(t.url, publicKey, undefined, signed(first.secret, { sub: "1" }));
  expect(refused.opened).toMatchObject({
    status: 200,
    body: { identity: { accepted: false, why: "signature" } },
  });
  expect((await refused.say("и без имени пишется")).status).toBe(201);
});

test("a signed user has the same conversation on every device, under a proved name and address", async () => {
  const { secret } = await newSecret();
  const identity = () => signed(secret, { sub: "4217", name: "Иван Петров", email: "Ivan@Shop.example" });
  const phone = await visit(t.url, key, undefined, identity());
  await phone.say("с телефона");
  const laptop = await visit(t.url, key, undefined, identity());
  expect((await laptop.messages()).map(({ body }) => body)).toEqual(["с телефона"]);
  await laptop.say("с ноутбука");
  const ticket = await ticketOf("с телефона");
  const contact = await t.client.contacts.get({ params: { id: ticket.contact?.id ?? "" } });
  expect(contact.name).toBe("Иван Петров");
  expect(contact.identities).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: "external", value: "4217", verified: true }),
      expect.objectContaining({ kind: "email", value: "ivan@shop.example", verified: true }),
    ]),
  );
  expect((await t.client.messages.list({ params: { id: ticket.id } })).data).toHaveLength(2);
  const other = await visit(t.url, key, undefined, signed(secret, { sub: "4218" }));
  expect(await other.messages()).toEqual([]);
});

test("a user whose address a known customer has proved is that customer", async () => {
  const known = await t.client.tickets.create({
    body: { subject: "письмо", body: "?", contact: { name: "Ольга", email: "olga@shop.example" } },
  });
  const secrets = await t.client.channelSecrets.list({ params: { id: channel.id } });
  expect(secrets.data.length).toBeGreaterThan(0);
  const { secret } = await newSecret();
  const visitor = await visit(
    t.url,
    key,
    undefined,
    signed(secret, { sub: "olga", email: "olga@shop.example" }),
  );
  await visitor.say("а теперь из чата");
  expect((await ticketOf("а теперь из чата")).contact?.id).toBe(known.contact?.id);
});

test("a conversation begun without a name is joined to the user who signs in, once and for good", async () => {
  const { id, publicKey } = await openChat();
  const { secret } = await newSecret(id);
  const as = (sub: string) => signed(secret, { sub, name: "Пётр" });
  const earlier = await visit(t.url, publicKey, undefined, as("petr"));
  await earlier.say("давний вопрос Петра");
  const anonymous = await visit(t.url, publicKey);
  await anonymous.say("ещё не вошёл", { email: "petr@example.org" });
  const both = await Promise.all([1, 2].map(() => visit(t.url, publicKey, anonymous.token, as("petr"))));
  for (const each of both)
    expect((await each.messages()).map(({ body }) => body)).toEqual(["давний вопрос Петра", "ещё не вошёл"]);
  const [joined, older] = [await ticketOf("ещё не вошёл"), await ticketOf("давний вопрос Петра")];
  expect(joined.contact?.id).toBe(older.contact?.id);
  const { data: events } = await t.client.tickets.events({ params: { id: joined.id } });
  expect(events.filter(({ type }) => type === "contact.identified")).toHaveLength(1);
  await both[0]?.say("продолжаю");
  expect((await t.client.messages.list({ params: { id: joined.id } })).data).toHaveLength(2);
  await t.client.messages.add({ params: { id: joined.id }, body: { body: "видно вам?" } });
  expect((await earlier.messages()).map(({ body }) => body)).toContain("видно вам?");

  const thief = await visit(t.url, publicKey, anonymous.token, as("other"));
  expect(await thief.messages()).toEqual([]);
});

test("a user's token ends after some hours, and is worth nothing in another channel", async () => {
  const { id, publicKey } = await openChat();
  const { secret } = await newSecret(id);
  const visitor = await visit(t.url, publicKey, undefined, signed(secret, { sub: "9" }));
  expect((await visit(t.url, key, visitor.token)).opened.status).toBe(401);
  expect((await visit(t.url, publicKey, visitor.token)).opened.status).toBe(200);
  t.clock.advance(12 * 3_600_000);
  expect((await visitor.say("поздно")).status).toBe(401);
});

test("a phone left in the chat is a claim in its one spelling; what is no phone is words alone", async () => {
  const visitor = await visit(t.url, key);
  await visitor.say("перезвоните");
  await visitor.say("Мой телефон: 8 916 123-45-67", { phone: "8 916 123-45-67" });
  await visitor.say("или 12", { phone: "12" });
  const contact = await t.client.contacts.get({
    params: { id: (await ticketOf("перезвоните")).contact?.id ?? "" },
  });
  expect(contact.identities.filter(({ kind }) => kind === "phone")).toMatchObject([
    { value: "+79161234567", verified: false },
  ]);
});
