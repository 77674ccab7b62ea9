import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { visit } from "../../testing/chat-visitor.ts";
import { startTestApp, type TestApp } from "../../testing/index.ts";
import { addChannel } from "../workspaces/index.ts";

const png = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
  (c) => c.charCodeAt(0),
);

let t: TestApp;
let key: string;
let otherKey: string;

async function openChannel(type: string, config: unknown = {}): Promise<string> {
  const { publicKey } = await t.db.transaction(t.workspaceId, (tx) =>
    addChannel(tx, t.clock, { projectId: t.projectId, type, name: type, config }),
  );
  t.app.core.catalogs.forget(t.workspaceId);
  return publicKey;
}

beforeAll(async () => {
  t = await startTestApp();
  key = await openChannel("webchat", { greeting: "Здравствуйте" });
  otherKey = await openChannel("webchat", { allowedOrigins: ["https://shop.example"] });
});
afterAll(() => t.close());

const ticketsOf = async (body: string) => {
  const { data } = await t.client.tickets.list({ query: { limit: 100 } });
  return data.filter((ticket) => ticket.subject === body);
};

test("a visitor's words become a ticket, the operator's answer comes back to the visitor alone", async () => {
  const visitor = await visit(t.url, key);
  const said = await visitor.say("Где мой заказ?");
  expect(said.status).toBe(201);
  const [ticket] = await ticketsOf("Где мой заказ?");
  if (!ticket) throw new Error("no ticket");
  await t.client.messages.add({ params: { id: ticket.id }, body: { body: "В пути" } });
  await t.client.messages.add({
    params: { id: ticket.id },
    body: { body: "склад опять молчит", visibility: "internal" },
  });

  const messages = await visitor.messages();
  expect(messages.map(({ direction, body }) => [direction, body])).toEqual([
    ["in", "Где мой заказ?"],
    ["out", "В пути"],
  ]);
  const again = await visit(t.url, key, visitor.token);
  expect((again.opened.body.messages as unknown[]).length).toBe(2);
  expect(await (await visit(t.url, key)).messages()).toEqual([]);
});

test("two first messages of one new visitor at the same moment on two servers: one contact, one ticket, two messages", async () => {
  const sibling = await t.startSibling();
  try {
    for (let round = 0; round < 5; round++) {
      const visitor = await visit(t.url, key);
      const [first, second] = [`раз ${round}`, `два ${round}`];
      const answers = await Promise.all([visitor.say(first), visitor.say(second, {}, sibling.url)]);
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      const tickets = [...(await ticketsOf(first)), ...(await ticketsOf(second))];
      expect(tickets).toHaveLength(1);
      const ticket = tickets[0];
      const { data } = await t.client.messages.list({ params: { id: ticket?.id ?? "" } });
      expect(data.map(({ body }) => body).sort()).toEqual([second, first].sort());
      const [counted] = await t.db.system.query<{ contacts: number; identities: number }>(
        {
          name: `count_contacts_${round}`,
          text: `select count(distinct contact_id)::int as contacts, count(*)::int as identities from identities
               where value = $1`,
        },
        [visitor.token.split(".")[0]],
      );
      expect(counted).toEqual({ contacts: 1, identities: 1 });
    }
  } finally {
    await sibling.close();
  }
});

test("a message sent again with its own id is received once, also at the same moment", async () => {
  const visitor = await visit(t.url, key);
  const externalId = randomUUID();
  const answers = await Promise.all([1, 2, 3].map(() => visitor.say("повтор", { externalId })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  expect(await visitor.messages()).toHaveLength(1);
});

test("another visitor's message id is of no use: it neither hides a message nor tells of one", async () => {
  const externalId = randomUUID();
  const [a, b] = [await visit(t.url, key), await visit(t.url, key)];
  const first = await a.say("слова А", { externalId });
  const second = await b.say("слова Б", { externalId });
  expect(second.status).toBe(201);
  expect(second.body.id).not.toBe(first.body.id);
  expect((await b.messages()).map(({ body }) => body)).toEqual(["слова Б"]);
});

test("visitor A reads neither B's conversation nor B's files, nor names B's upload in a message", async () => {
  const [a, b] = [await visit(t.url, key), await visit(t.url, key)];
  const { body: uploaded } = await b.upload("чек.png", png);
  expect(uploaded).toMatchObject({ name: "чек.png", type: "image/png", inline: true });
  expect((await a.say("чужое", { attachments: [uploaded.handle] })).status).toBe(400);
  expect((await b.say("", { attachments: [uploaded.handle] })).status).toBe(201);
  const [message] = await b.messages();
  const path = `files/${message?.attachments[0]?.id}`;
  const own = await b.raw(path);
  expect(own.status).toBe(200);
  expect(new Uint8Array(await own.arrayBuffer())).toEqual(png);
  expect(own.headers.get("content-security-policy")).toContain("sandbox");
  expect((await a.get(path)).status).toBe(404);
  expect((await a.say("мои слова")).status).toBe(201);
  expect((await a.get(path)).status).toBe(404);
  expect((await a.get(`messages?before=${message?.id}`)).body.messages).toEqual([]);
});

test("a forged token is refused everywhere, and no new visitor is made of it", async () => {
  const { token } = await visit(t.url, key);
  const forged = `${"0".repeat(32)}.${token.split(".")[1]}`;
  const visitor = await visit(t.url, key, forged);
  expect(visitor.opened.status).toBe(401);
  for (const path of ["messages", "stream", "files/att_01h455vb4pex5vsknk084sn02q"])
    expect((await visitor.get(path)).status, path).toBe(401);
  expect((await visitor.say("x")).status).toBe(401);
  expect((await visitor.upload("a.txt", "x")).status).toBe(401);
  expect(
    (await visitor.post("seen", { upTo: "msg_01h455vb4pex5vsknk084sn02q", status: "read" })).status,
  ).toBe(401);
  // A token of one channel is nothing in another.
  expect((await visit(t.url, otherKey, token)).opened.status).toBe(401);
});

test("script, right-to-left and invisible characters stay text on their way to the operator and back", async () => {
  const visitor = await visit(t.url, key);
  const words = `<img src=x onerror=alert(1)>\u202Eeripmav\u200B {{7*7}} </script>`;
  expect((await visitor.say(words, { name: "<b>Аня</b>\u202E" })).status).toBe(201);
  const [message] = await visitor.messages();
  expect(message?.body).toBe(words);
  const tickets = await t.client.tickets.list({ query: { limit: 1 } });
  expect(tickets.data[0]?.subject).not.toMatch(/[\u202e\u200b]/u);
  expect(tickets.data[0]?.contact?.name).toBe("<b>Аня</b>");
});

test("a message without words and files, beyond 5,000 characters, or with NUL is refused by its field", async () => {
  const visitor = await visit(t.url, key);
  for (const body of ["", "x".repeat(5001), "a\u0000b"]) {
    const refused = await visitor.say(body);
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toMatchObject([{ pointer: "/body" }]);
  }
  expect((await visitor.say("x".repeat(5000))).status).toBe(201);
});

test("a program is refused, and a file with markup is never shown in place", async () => {
  const visitor = await visit(t.url, key);
  const program = await visitor.upload(
    "счёт.pdf.exe",
    new Uint8Array([0x4d, 0x5a, ...new Array(200).fill(0)]),
  );
  expect(program).toMatchObject({ status: 422, body: { code: "file_type_refused" } });
  const { body } = await visitor.upload(
    "a.png",
    `<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`,
  );
  expect(body).toMatchObject({ inline: false });
});

test("a file beyond the limit is refused whole, never cut to size", async () => {
  const visitor = await visit(t.url, key);
  const limit = 25 * 1024 * 1024;
  expect((await visitor.upload("whole.bin", new Uint8Array(limit))).body).toMatchObject({ sizeBytes: limit });
  for (const size of [limit + 1, limit + 2_000_000])
    expect(await visitor.upload("more.bin", new Uint8Array(size))).toMatchObject({
      status: 413,
      body: { code: "payload_too_large" },
    });
});

test("the stream begins with the state, tells of answers and of reading, and the operator sees what was read", async () => {
  const visitor = await visit(t.url, key);
  await visitor.say("жду ответа");
  const [ticket] = await ticketsOf("жду ответа");
  const leave = new AbortController();
  const told: string[] = [];
  let seenId = "";
  for await (const { event, data } of visitor.events(leave.signal)) {
    if (event === "heartbeat") continue;
    told.push(`${event} ${data.messages.map(({ direction, status }) => `${direction}:${status}`)}`);
    const answer = data.messages.find(({ direction }) => direction === "out");
    if (event === "state")
      await t.client.messages.add({ params: { id: ticket?.id ?? "" }, body: { body: "ответ" } });
    else if (answer && answer.status !== "read") {
      seenId = answer.id;
      await visitor.post("seen", { upTo: seenId, status: "read" });
    } else break;
  }
  leave.abort();
  expect(told[0]).toBe("state in:received");
  expect(told.at(-1)).toBe("changed out:read");
  const { data } = await t.client.messages.list({ params: { id: ticket?.id ?? "" } });
  expect(data.find(({ id }) => id === seenId)?.status).toBe("read");
});

test("the frame and its files carry strict policies, and only allowed sites may show the chat", async () => {
  const open = await fetch(`${t.url}/chat/${key}/frame`);
  expect(open.headers.get("content-security-policy")).toContain("frame-ancestors *");
  const closed = await fetch(`${t.url}/chat/${otherKey}/frame?lang=en`);
  expect(closed.headers.get("content-security-policy")).toContain(
    "frame-ancestors 'self' https://shop.example",
  );
  const page = await closed.text();
  const file = /assets\/frame\.js\?v=[0-9a-f]+/u.exec(page)?.[0];
  const script = await fetch(`${t.url}/chat/${otherKey}/${file}`);
  expect(script.headers.get("cache-control")).toContain("immutable");
  expect((await fetch(`${t.url}/chat/${key}/loader.js`)).headers.get("content-type")).toContain("javascript");
  expect((await fetch(`${t.url}/chat/nobody/loader.js`)).status).toBe(404);
});

test("nothing a visitor says, is called or has in hand is written to the log", async () => {
  const visitor = await visit(t.url, key);
  await visitor.say("тайное слово", { name: "Скрытный", email: "hidden@example.org" });
  const logged = t.logs.join("\n");
  for (const secret of ["тайное слово", "Скрытный", "hidden@example.org", visitor.token])
    expect(logged).not.toContain(secret);
});
