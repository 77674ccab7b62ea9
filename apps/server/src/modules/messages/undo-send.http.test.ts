import { type Message, type Ticket, toPublicId } from "@okno/contract";
import { createClient } from "@okno/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../../platform/log.ts";
import { adminKey, codeOf, type Person, signUp, startTestApp, type TestApp } from "../../testing/index.ts";
import { textFile } from "../../testing/world.ts";
import { jobHandlers, startBackground } from "../../worker.ts";

let t: TestApp;
let anna: Person;
let boris: Person;
let background: ReturnType<typeof startBackground>;
beforeAll(async () => {
  t = await startTestApp();
  anna = await signUp(t, { grants: { [t.project]: "operator" } });
  boris = await signUp(t, { grants: { [t.project]: "operator" } });
  background = startBackground(t.app, createLog("silent"), jobHandlers(t.app));
});
afterAll(async () => {
  await background.stop();
  await t.close();
});

type Chat = {
  write(body: string): Promise<void>;
  read(): Promise<{ messages: { body: string }[]; closed: boolean }>;
};

/** A visitor of the shop, in the chat that its customers see. */
async function openChat(): Promise<Chat> {
  const channel = await t.client.channels.create({
    body: { project: t.project, type: "webchat", name: `Чат ${crypto.randomUUID()}` },
  });
  const json = { "content-type": "application/json" };
  const chat = `${t.url}/chat/${channel.publicKey}`;
  const begun = await fetch(`${chat}/session`, { method: "POST", headers: json, body: "{}" });
  const { token } = (await begun.json()) as { token: string };
  const headers = { ...json, authorization: `Bearer ${token}` };
  return {
    async write(body) {
      const res = await fetch(`${chat}/messages`, {
        method: "POST",
        headers,
        body: JSON.stringify({ externalId: crypto.randomUUID(), body }),
      });
      expect(res.status).toBe(201);
    },
    async read() {
      const known = JSON.stringify({ token });
      const res = await fetch(`${chat}/session`, { method: "POST", headers: json, body: known });
      return (await res.json()) as { messages: { body: string }[]; closed: boolean };
    },
  };
}

async function asked(): Promise<{ chat: Chat; ticket: Ticket }> {
  const chat = await openChat();
  await chat.write("Где мой заказ?");
  const newest = "select id from tickets where workspace_id = $1 order by id desc limit 1";
  const [row] = await t.db
    .in(t.workspaceId)
    .query<{ id: string }>({ name: "test.newest", text: newest }, [t.workspaceId]);
  return { chat, ticket: await see(toPublicId("ticket", row?.id ?? "")) };
}

type Body = Parameters<Person["client"]["messages"]["add"]>[0]["body"];
const say = (person: Person, id: string, body: Body) => person.client.messages.add({ params: { id }, body });
const withdraw = (person: Person, { ticket, id }: Pick<Message, "ticket" | "id">) =>
  person.client.messages.withdraw({ params: { id: ticket, message: id } });
const see = (id: string) => t.client.tickets.get({ params: { id } });
const bodies = async (chat: Chat) => (await chat.read()).messages.map((message) => message.body);
const typesOf = async (id: string) =>
  (await t.client.tickets.events({ params: { id } })).data.map((event) => event.type);
/** How a ticket stands, without what only counts. */
const standing = ({ seq: _seq, activityAt: _at, actions: _actions, messageSeq: _last, ...rest }: Ticket) =>
  rest;

test("taking back and releasing at the same instant: exactly one of them happens, in every try", async () => {
  const { chat, ticket } = await asked();
  const outcomes = { back: 0, sent: 0 };
  for (let n = 0; n < 12; n++) {
    const body = `попытка ${n}`;
    const held = await say(anna, ticket.id, { body, holdSeconds: 5 });
    t.clock.advance(5_000);
    background.worker.poke();
    const code = await codeOf(withdraw(anna, held));
    expect(["accepted", "already_sent"]).toContain(code);
    const shown = (await anna.client.messages.list({ params: { id: ticket.id } })).data.find(
      (each) => each.id === held.id,
    );
    if (code === "accepted") {
      outcomes.back++;
      expect(shown).toBeUndefined();
      expect((await anna.client.drafts.get({ params: { id: ticket.id } })).reply).toContain(body);
    } else {
      outcomes.sent++;
      expect(shown).toMatchObject({ status: "sent", heldUntil: null });
    }
    expect((await bodies(chat)).includes(body)).toBe(code !== "accepted");
  }
  const types = await typesOf(ticket.id);
  expect(types.filter((type) => type === "message.released")).toHaveLength(outcomes.sent);
  expect(types.filter((type) => type === "message.withdrawn")).toHaveLength(outcomes.back);
});

test("two who take the same reply back, and two processes that release it: it happens once", async () => {
  const { ticket } = await asked();
  const held = await say(anna, ticket.id, { body: "дважды", holdSeconds: 30 });
  const codes = await Promise.all([codeOf(withdraw(anna, held)), codeOf(withdraw(anna, held))]);
  expect(codes.sort()).toEqual(["accepted", "not_found"]);
  const sibling = await t.startSibling();
  const other = startBackground(sibling.app, createLog("silent"), jobHandlers(sibling.app));
  const again = await say(anna, ticket.id, { body: "один раз", holdSeconds: 5 });
  t.clock.advance(5_000);
  background.worker.poke();
  other.worker.poke();
  const message = () => t.client.messages.get({ params: { id: ticket.id, message: again.id } });
  await expect.poll(async () => (await message()).status).toBe("sent");
  await other.stop();
  await sibling.close();
  expect((await typesOf(ticket.id)).filter((type) => type === "message.released")).toHaveLength(1);
});

test("a person's reply is held for the time of their preference: colleagues see it at once, the customer when it is released", async () => {
  const { chat, ticket } = await asked();
  const held = await say(anna, ticket.id, { body: "Едет к вам" });
  expect(held).toMatchObject({ status: "queued" });
  expect(Date.parse(held.heldUntil ?? "") - Date.parse(held.createdAt)).toBe(10_000);
  expect(await see(ticket.id)).toMatchObject({
    assignee: { id: anna.member.id },
    waitingSince: null,
    state: "working",
  });
  const seen = await boris.client.messages.list({ params: { id: ticket.id } });
  expect(seen.data[0]).toMatchObject({ body: "Едет к вам", heldUntil: held.heldUntil });
  expect(await codeOf(say(boris, ticket.id, { body: "И я", seenSeq: ticket.messageSeq }))).toBe(
    "ticket_moved_on",
  );
  expect(await bodies(chat)).toEqual(["Где мой заказ?"]);
  t.clock.advance(9_000);
  background.worker.poke();
  expect(await bodies(chat)).toEqual(["Где мой заказ?"]);
  t.clock.advance(1_100);
  background.worker.poke();
  await expect.poll(() => bodies(chat)).toEqual(["Где мой заказ?", "Едет к вам"]);
  expect(await codeOf(withdraw(anna, held))).toBe("already_sent");
  await anna.client.session.updateMe({ body: { undoSendSeconds: 0 } });
  expect((await say(anna, ticket.id, { body: "Сразу" })).heldUntil).toBeNull();
  await anna.client.session.updateMe({ body: { undoSendSeconds: 10 } });
  const key = createClient({ baseUrl: t.url, key: adminKey });
  const said = await key.messages.add({ params: { id: ticket.id }, body: { body: "От ключа" } });
  expect(said.heldUntil).toBeNull();
  const note = await say(anna, ticket.id, { body: "заметка", visibility: "internal", holdSeconds: 30 });
  expect(note.heldUntil).toBeNull();
});

test("taking back puts text and files into the draft and the ticket back as it stood, and the journal says so", async () => {
  const { chat, ticket } = await asked();
  const before = standing(await see(ticket.id));
  const file = await anna.client.attachments.upload({ form: textFile("счёт.txt") });
  await anna.client.drafts.put({
    params: { id: ticket.id },
    body: { reply: "начатое", note: "n", version: 0 },
  });
  const held = await say(anna, ticket.id, { body: "Не то", attachments: [file.id] });
  const { draft } = await withdraw(anna, held);
  expect(draft).toMatchObject({
    mode: "reply",
    reply: "Не то\n\nначатое",
    note: "n",
    attachments: [{ id: file.id }],
  });
  expect(standing(await see(ticket.id))).toEqual(before);
  expect((await typesOf(ticket.id)).slice(0, 2)).toEqual(["message.withdrawn", "message.added"]);
  expect(await bodies(chat)).toEqual(["Где мой заказ?"]);
  // The guard has nothing newer to show: whoever had seen the question may answer.
  await say(boris, ticket.id, { body: "Отвечаю", seenSeq: ticket.messageSeq, attachments: [] });
  const sent = await say(anna, ticket.id, { body: "То", attachments: [file.id], holdSeconds: 0 });
  expect(sent.attachments).toHaveLength(1);
});

test("send and complete is one: held together, and taken back together; the customer sees the chat open until then", async () => {
  const { chat, ticket } = await asked();
  const before = standing(await see(ticket.id));
  const andThen = { action: "complete", outcome: "решено" } as const;
  const held = await say(anna, ticket.id, { body: "Готово", andThen });
  expect(await see(ticket.id)).toMatchObject({ phase: "done", outcome: "решено" });
  expect((await chat.read()).closed).toBe(false);
  await withdraw(anna, held);
  expect(standing(await see(ticket.id))).toEqual(before);
  const until = new Date(t.clock.now().getTime() + 3_600_000).toISOString();
  const later = await say(anna, ticket.id, { body: "Завтра", andThen: { action: "postpone", until } });
  expect(await see(ticket.id)).toMatchObject({ phase: "waiting", waitingFor: "time", dueAt: until });
  await withdraw(anna, later);
  expect(standing(await see(ticket.id))).toEqual(before);
  await say(anna, ticket.id, {
    body: "Ждём",
    andThen: { action: "postpone", untilReply: true },
    holdSeconds: 0,
  });
  expect(await see(ticket.id)).toMatchObject({ phase: "waiting", waitingFor: "reply" });
  await say(anna, ticket.id, { body: "Всё", andThen, holdSeconds: 0 });
  expect((await chat.read()).closed).toBe(true);
  const seen = (await typesOf(ticket.id)).length;
  expect(await codeOf(say(anna, ticket.id, { body: "Ещё раз", andThen }))).toBe("action_not_allowed");
  expect((await typesOf(ticket.id)).length).toBe(seen);
});

test("what somebody changed since stays as they left it", async () => {
  const { chat, ticket } = await asked();
  const held = await say(anna, ticket.id, { body: "Отправляю", holdSeconds: 30 });
  await boris.client.actions.assign({ params: { id: ticket.id }, body: { member: boris.member.id } });
  await boris.client.actions.set({ params: { id: ticket.id }, body: { priority: "urgent" } });
  await chat.write("Ау?");
  await withdraw(anna, held);
  const after = await see(ticket.id);
  expect(after).toMatchObject({
    assignee: { id: boris.member.id },
    priority: "urgent",
    lastMessage: { preview: "Ау?" },
  });
  // Nobody has answered: the customer has been waiting since the first question.
  expect(after.waitingSince).toBe(ticket.waitingSince);
});

test("of two held replies either may be taken back, and both: the customer then waits as before", async () => {
  const { ticket } = await asked();
  const before = standing(await see(ticket.id));
  const first = await say(anna, ticket.id, { body: "раз", holdSeconds: 30 });
  const second = await say(anna, ticket.id, {
    body: "два",
    holdSeconds: 30,
    andThen: { action: "complete" },
  });
  await withdraw(anna, first);
  expect(await see(ticket.id)).toMatchObject({
    waitingSince: null,
    lastMessage: { preview: "два" },
    phase: "done",
  });
  await withdraw(anna, second);
  expect(standing(await see(ticket.id))).toEqual(before);
  expect((await anna.client.drafts.get({ params: { id: ticket.id } })).reply).toBe("два\n\nраз");
});

test("a customer who writes meanwhile does not stop a held reply, and only its author takes it back", async () => {
  const { chat, ticket } = await asked();
  const held = await say(anna, ticket.id, { body: "Уже едет", holdSeconds: 5 });
  await chat.write("Алло");
  expect(await codeOf(withdraw(boris, held))).toBe("forbidden");
  t.clock.advance(5_100);
  background.worker.poke();
  await expect.poll(async () => (await bodies(chat)).sort()).toEqual(["Алло", "Где мой заказ?", "Уже едет"]);
  expect(await see(ticket.id)).toMatchObject({ lastMessage: { preview: "Алло" } });
  const [question] = (await t.client.messages.list({ params: { id: ticket.id } })).data.slice(-1);
  expect(await codeOf(withdraw(anna, question as Message))).toBe("forbidden");
});

test("[CO-01] a note names people and teams: with the names they have, in the event too; strangers and replies are refused", async () => {
  const { ticket } = await asked();
  const team = await t.client.teams.create({
    body: { project: t.project, name: "Склад", members: [boris.member.id] },
  });
  const mentions = [boris.member.id, team.id, boris.member.id];
  const body = `@${boris.member.name} и @Склад, гляньте`;
  const note = await say(anna, ticket.id, { body, visibility: "internal", mentions });
  expect(note.mentions).toEqual([
    { kind: "member", id: boris.member.id, name: boris.member.name },
    { kind: "team", id: team.id, name: "Склад" },
  ]);
  const events = (await t.client.tickets.events({ params: { id: ticket.id } })).data;
  expect(events.find((event) => event.seq === note.seq)).toMatchObject({
    type: "note.added",
    data: { mentions: [boris.member.id, team.id] },
  });
  const followers = await t.client.followers.list({ params: { id: ticket.id } });
  expect(JSON.stringify(followers)).toContain(boris.member.id);
  const stranger = await signUp(t);
  const named = (more: object) =>
    codeOf(say(anna, ticket.id, { body: "@", visibility: "internal", ...more } as Body));
  expect(await named({ mentions: [stranger.member.id] })).toBe("unknown_reference");
  expect(await named({ mentions: [boris.member.id], visibility: "public" })).toBe("invalid_request");
  expect(await named({ mentions: Array.from({ length: 21 }, () => boris.member.id) })).toBe(
    "invalid_request",
  );
});
