import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { codeOf, type Person, signUp } from "../../testing/people.ts";
import { browserSubscription } from "../../testing/personal.ts";
import { startTestApp, type TestApp } from "../../testing/test-app.ts";
import { tell, type Written } from "../notifications/index.ts";
import { decryptPush } from "./fixtures/decrypt-push.ts";
import { askForPush, pushJob } from "./send.ts";
import { isPushService } from "./services.ts";
import { createVapid } from "./vapid.ts";

type Posted = { path: string; headers: IncomingMessage["headers"]; body: Buffer };

let t: TestApp;
let anna: Person;
let posted: Posted[] = [];
let status = 201;
const service = createServer(async (req, res) => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  posted.push({ path: req.url ?? "", headers: req.headers, body: Buffer.concat(chunks) });
  res.writeHead(status).end();
});
let host: string;

beforeAll(async () => {
  t = await startTestApp();
  anna = await signUp(t, { grants: { [t.project]: "operator" } });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  host = `127.0.0.1:${(service.address() as AddressInfo).port}`;
  // The application of the tests trusts this service besides the browsers' own.
  (t.app.core.pushServices as string[]).push(host);
});
afterAll(async () => {
  service.close();
  await t.close();
});

/** The service of this test speaks plain HTTP; everything else is as on the way to a real one. */
const plainly: typeof fetch = (url, init) => fetch(String(url).replace(/^https:/u, "http:"), init);
const push = () => pushJob({ ...t.app.core, pushServices: [host], fetch: plainly });

/** A customer's answer in a ticket of Anna's, written down as the journal's reader does it. */
async function reply(words = "Так где же заказ?"): Promise<{ ticket: string; written: Written }> {
  const made = await t.client.tickets.create({
    body: { subject: "Где заказ 😀", body: "Жду", contact: { name: "Ольга" } },
  });
  await anna.client.actions.claim({ params: { id: made.id }, body: {} });
  await t.client.messages.add({ params: { id: made.id }, body: { body: words, from: "customer" } });
  const rows = await t.db.system.query<Parameters<typeof tell>[2][number]>(
    {
      name: "test.newest",
      text: `select 1 as position, e.workspace_id, e.ticket_id, e.seq, t.project_id, null as identity_id, e.type, e.actor_kind, e.actor_id,
        null as actor_name, e.at, e.data from ticket_events e
        join tickets t on t.workspace_id = e.workspace_id and t.id = e.ticket_id where t.number = $1 order by e.seq`,
    },
    [made.number],
  );
  const [written] = await t.db.background.transaction(async (tx) => {
    const all = await tell(tx, t.clock, rows);
    await askForPush(tx, t.clock, all);
    return all;
  });
  if (!written) throw new Error("nobody was told");
  return { ticket: made.id, written };
}

const run = ({ workspaceId, memberId, id }: Written) =>
  push().run({ memberId, notificationId: id }, { workspaceId, attempt: 1 });

test("a push reaches the browser encrypted for it alone, signed by this installation", async () => {
  const { publicKey } = await anna.client.push.key();
  const browser = browserSubscription(`https://${host}/one`);
  const { id } = await anna.client.push.subscribe({ body: browser.body });
  const { ticket, written } = await reply();
  posted = [];
  await run(written);
  expect(posted).toHaveLength(1);
  const [only] = posted;
  expect(only?.headers).toMatchObject({ "content-encoding": "aes128gcm", urgency: "high" });
  expect(only?.headers.authorization).toContain(`k=${publicKey}`);
  expect(only?.body.toString()).not.toContain("заказ");
  const message = JSON.parse(decryptPush(only?.body ?? Buffer.alloc(0), browser));
  expect(message).toMatchObject({ title: "Ольга отвечает", ticket });
  expect(message.text).toContain("Где заказ 😀");
  await anna.client.push.unsubscribe({ params: { id } });
});

test("what was read, switched off or falls into quiet hours is not sent", async () => {
  const { id } = await anna.client.push.subscribe({
    body: browserSubscription(`https://${host}/quiet`).body,
  });
  posted = [];
  const { ticket, written } = await reply();
  await anna.client.notifications.read({ body: { ticket } });
  await run(written);
  const snoozed = await reply();
  const until = new Date(t.clock.now().getTime() + 3_600_000).toISOString();
  await anna.client.notifications.changeSettings({ body: { snoozedUntil: until } });
  await run(snoozed.written);
  const ways = (push: boolean) => ({ reply: { page: true, browser: true, push } });
  await anna.client.notifications.changeSettings({ body: { snoozedUntil: null, ways: ways(false) } });
  await run(snoozed.written);
  expect(posted).toEqual([]);
  await anna.client.notifications.changeSettings({ body: { ways: ways(true) } });
  await run(snoozed.written);
  expect(posted).toHaveLength(1);
  await anna.client.push.unsubscribe({ params: { id } });
});

test("old news, as after a long standstill, wakes no phone", async () => {
  const { id } = await anna.client.push.subscribe({ body: browserSubscription(`https://${host}/late`).body });
  const { written } = await reply();
  posted = [];
  t.clock.advance(5 * 3_600_000);
  await run(written);
  expect(posted).toEqual([]);
  await anna.client.push.unsubscribe({ params: { id } });
});

test("a browser that listens no more is forgotten; a service that is down is tried again", async () => {
  await anna.client.push.subscribe({ body: browserSubscription(`https://${host}/gone`).body });
  const { written } = await reply();
  status = 503;
  await expect(run(written)).rejects.toThrow("could not be reached");
  status = 410;
  await run(written);
  status = 201;
  posted = [];
  await run(written);
  expect(posted).toEqual([]);
});

test("a subscription dies with its session, and one asks for a push only while somebody listens", async () => {
  const vera = await signUp(t, { grants: { [t.project]: "operator" } });
  await vera.client.push.subscribe({ body: browserSubscription(`https://${host}/vera`).body });
  const left = async () =>
    (
      await t.db.background.query({
        name: "test.left",
        text: "select 1 from push_subscriptions where endpoint like '%/vera'",
      })
    ).length;
  expect(await left()).toBe(1);
  await vera.client.session.signOut();
  expect(await left()).toBe(0);
  await reply("Никто не слушает");
  const jobs = await t.db.background.query({
    name: "test.jobs",
    text: "select 1 from jobs where name = 'push.send' and payload->>'notificationId' = (select id::text from notifications order by id desc limit 1)",
  });
  expect(jobs).toEqual([]);
});

test("the server posts to push services alone", async () => {
  const inside = [
    "http://127.0.0.1:8080/x",
    "https://169.254.169.254/latest",
    "https://fcm.googleapis.com:8443/x",
    "https://user:pass@fcm.googleapis.com/x",
    "https://evil.example/fcm.googleapis.com",
    "https://fcm.googleapis.com.evil.example/x",
    "http://fcm.googleapis.com/x",
  ];
  for (const endpoint of inside) {
    expect(isPushService(endpoint, []), endpoint).toBe(false);
    const { keys } = browserSubscription().body;
    expect(await codeOf(anna.client.push.subscribe({ body: { endpoint, keys } })), endpoint).toBe(
      "invalid_request",
    );
  }
  for (const endpoint of ["https://fcm.googleapis.com/fcm/send/x", "https://db5p.notify.windows.com/w/?t=1"])
    expect(isPushService(endpoint, []), endpoint).toBe(true);
});

test("every process has the same key, another secret another", () => {
  const secret = "test-secret-key-0123456789abcdef0123";
  expect(createVapid(secret)).toEqual(createVapid(secret));
  expect(createVapid(`${secret}!`).publicKey).not.toBe(createVapid(secret).publicKey);
});
