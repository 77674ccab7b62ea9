import { fromPublicId, toPublicId } from "@okno/contract";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { signUp } from "../../testing/index.ts";
import { type JournalRow, startConsumer } from "../journal/index.ts";
import { tell } from "../notifications/index.ts";
import { attemptDelivery } from "./attempt.ts";
import { claimDue } from "./claim.ts";
import { hourMs, type Stage, startStage } from "./fixtures/stage.ts";
import { startDeliveries } from "./index.ts";

let s: Stage;
beforeAll(async () => {
  s = await startStage();
});
afterEach(() => s.clear());
afterAll(() => s.close());

describe("when a receiver fails", () => {
  test("[PO-10] what is told of a ticket keeps its order; other tickets go on", async () => {
    const { receiver } = await s.endpoint();
    const { id } = await s.open("Первая");
    await s.settle();
    receiver.heard.length = 0;
    let broken = true;
    receiver.answer = ({ body }) => ({ status: broken && body.includes(id) ? 500 : 200 });
    await s.setPriority(id, "high");
    await s.setPriority(id, "low");
    const other = await s.open("Другая");
    await s.settle();
    const seqs = () =>
      receiver.heard.map(({ body }) => JSON.parse(body).data.event).map(({ ticket, seq }) => [ticket, seq]);
    expect(seqs()).toEqual(
      expect.arrayContaining([
        [id, 2],
        [other.id, 1],
      ]),
    );
    expect(seqs()).not.toContainEqual([id, 3]);
    broken = false;
    s.t.clock.advance(6_000);
    await s.settle();
    expect(seqs().filter(([ticket]) => ticket === id)).toEqual([
      [id, 2],
      [id, 2],
      [id, 3],
    ]);
    const [first, again] = receiver.heard.filter(({ body }) => body.includes(id));
    expect(again?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect(again?.body).toBe(first?.body);
  });

  test("one that has used up the schedule no longer holds up those behind it, and is sent again by hand", async () => {
    const { receiver, webhook } = await s.endpoint(["ticket.created", "ticket.changed"]);
    receiver.answer = () => ({ status: 500, body: "<h1>нет \0 😀</h1>".repeat(200) });
    const { id } = await s.open();
    await s.settle();
    await s.setPriority(id, "high");
    for (let n = 0; n < 9; n++) {
      s.t.clock.advance(25 * hourMs);
      await s.settle();
      // Days of nothing but failures pause it; this test is about the schedule.
      await s.t.client.webhooks.update({ params: { id: webhook.id }, body: { enabled: true } });
    }
    const [created, behind] = await s.logOf(webhook);
    expect(created).toMatchObject({ state: "failed", attempts: 10, last: { status: 500 }, nextAt: null });
    expect(behind?.attempts).toBeGreaterThan(0);
    receiver.answer = () => ({});
    await s.t.client.webhooks.replayDelivery({ params: { id: created?.id ?? "" } });
    await s.settle();
    const detail = await s.t.client.webhooks.delivery({ params: { id: created?.id ?? "" } });
    expect(detail).toMatchObject({ state: "succeeded", attempts: 11, last: { status: 200 } });
    expect(detail.log).toHaveLength(11);
    expect(detail.log[1]?.response).toHaveLength(1_000);
    expect(detail.body).toBe(receiver.heard.at(-1)?.body);
    expect(receiver.heard.at(-1)?.headers["webhook-id"]).toBe(detail.id);
  });

  test("410 switches an endpoint off at once; what waited is dropped and can be sent again", async () => {
    const { receiver, webhook } = await s.endpoint();
    receiver.answer = () => ({ status: 410 });
    await s.open();
    await s.settle();
    expect(await s.stateOf(webhook)).toMatchObject({ state: "disabled", why: "gone" });
    await s.open();
    await s.settle();
    expect(receiver.heard).toHaveLength(1);
    receiver.answer = () => ({});
    await s.t.client.webhooks.update({ params: { id: webhook.id }, body: { enabled: true } });
    const since = new Date(s.t.clock.now().getTime() - hourMs).toISOString();
    expect(await s.t.client.webhooks.replay({ params: { id: webhook.id }, body: { since } })).toEqual({
      queued: 1,
    });
    await s.settle();
    expect((await s.logOf(webhook)).map(({ state }) => state)).toEqual(["succeeded"]);
  });

  test("an endpoint that asks for patience is left alone for that time, with all that waits for it", async () => {
    const { receiver, webhook } = await s.endpoint();
    receiver.answer = () => ({ status: 429, headers: { "retry-after": "3600" } });
    await s.open();
    await s.settle();
    expect((await s.stateOf(webhook)).throttledUntil).not.toBeNull();
    await s.open();
    s.t.clock.advance(hourMs - 60_000);
    await s.settle();
    expect(receiver.heard).toHaveLength(1);
    receiver.answer = () => ({});
    s.t.clock.advance(120_000);
    await s.settle();
    expect(receiver.heard).toHaveLength(3);
    expect(await s.stateOf(webhook)).toMatchObject({ throttledUntil: null, failingSince: null });
  });

  test("a redirect is a failure, wherever it leads", async () => {
    const inside = await s.receive();
    const { receiver, webhook } = await s.endpoint();
    receiver.answer = () => ({ status: 302, headers: { location: inside.url } });
    await s.open();
    await s.settle();
    expect(inside.heard).toEqual([]);
    expect((await s.logOf(webhook))[0]).toMatchObject({
      state: "waiting",
      last: { status: 302, error: null },
    });
  });

  test("after days of nothing but failures it is paused, which is told; it collects, and goes on by hand", async () => {
    const { receiver, webhook } = await s.endpoint(["ticket.created"]);
    const { receiver: watcher } = await s.endpoint(["webhook.*"]);
    await s.settle();
    watcher.heard.length = 0;
    receiver.answer = () => "break";
    await s.open();
    await s.settle();
    expect((await s.stateOf(webhook)).failingSince).not.toBeNull();
    s.t.clock.advance(71 * hourMs);
    await s.settle();
    expect((await s.stateOf(webhook)).state).toBe("active");
    s.t.clock.advance(2 * hourMs);
    await s.settle();
    s.t.clock.advance(24 * hourMs);
    await s.settle();
    expect(await s.stateOf(webhook)).toMatchObject({ state: "paused", why: "failing" });
    expect(watcher.types()).toEqual(["webhook.paused"]);
    const heard = receiver.heard.length;
    await s.open("Во время остановки");
    s.t.clock.advance(24 * hourMs);
    await s.settle();
    expect(receiver.heard).toHaveLength(heard);
    receiver.answer = () => ({});
    await s.t.client.webhooks.update({ params: { id: webhook.id }, body: { enabled: true } });
    await s.settle();
    expect((await s.logOf(webhook)).map(({ state }) => state)).toEqual(["succeeded", "succeeded"]);
  });

  test("a hundred receivers that never answer hold up nobody: the living one is told all while they hang", async () => {
    const { receiver } = await s.endpoint(["ticket.created"]);
    const dead = await s.receive();
    dead.answer = () => "hang";
    const hosts = Array.from({ length: 100 }, (_, n) => n);
    await s.t.db.background.query(
      {
        name: "test.hundred",
        text: `insert into webhooks (workspace_id, id, project_id, url, description, events, created_kind, created_by, created_at)
          select $1, gen_random_uuid(), $2, $3 || n, '', '{ticket.created}', 'key', $1, '2020-01-01' from unnest($4::int[]) n`,
      },
      [s.t.workspaceId, s.t.projectId, `${dead.url}?`, hosts],
    );
    for (let n = 0; n < 30; n++) await s.open(`№ ${n}`);
    await s.written();
    while (receiver.heard.length < 30) await new Promise((resolve) => setTimeout(resolve, 20));
    // Each of the dead holds one call, however much waits for it, and none of them has ended.
    expect(dead.heard.length).toBeLessThanOrEqual(100);
    expect(dead.open()).toBe(dead.heard.length);
    await s.t.db.background.query({ name: "test.hundred_gone", text: "delete from webhook_queue" });
    await s.t.db.background.query({
      name: "test.dead_gone",
      text: "delete from webhooks where description = ''",
    });
  });

  test("what was sent and not written down is sent again under the same id, by whoever lives", async () => {
    const { receiver, webhook } = await s.endpoint(["ticket.created"]);
    await s.stopDelivering();
    await s.open();
    await s.written();
    // A process claims it, sends it, and dies before it has written down that it was taken.
    const allowance = { targets: [], free: [], ailing: [], room: 10 };
    const [claim] = await claimDue(s.t.db.background, allowance, s.t.clock.now());
    expect(claim?.webhook_id).toBe(fromPublicId("webhook", webhook.id));
    const { delivery_id: deliveryId = "", body, url } = claim ?? {};
    await attemptDelivery(s.t.app.core, {
      deliveryId,
      url: url ?? "",
      body: body ?? "",
      headers: null,
      secrets: [],
    });
    s.startDelivering();
    await s.deliveries().settled();
    expect(receiver.heard).toHaveLength(1);
    s.t.clock.advance(46_000);
    await s.deliveries().settled();
    expect(receiver.heard).toHaveLength(2);
    const [first, again] = receiver.heard;
    expect(again?.headers["webhook-id"]).toBe(toPublicId("webhookDelivery", deliveryId));
    expect(again?.body).toBe(first?.body);
    expect((await s.logOf(webhook))[0]).toMatchObject({ state: "succeeded" });
  });

  test("two processes send each delivery once", async () => {
    const { receiver } = await s.endpoint(["ticket.created"]);
    const sibling = await s.t.startSibling();
    const second = startDeliveries({ ...sibling.app.core, random: () => 0 });
    for (let n = 0; n < 40; n++) await s.open(`№ ${n}`);
    await s.settle();
    await second.settled();
    const ids = receiver.heard.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
    await second.stop();
    await sibling.close();
  });
});

test("an endpoint that stopped by itself is told to those who look after it, and to nobody else", async () => {
  const { receiver, webhook } = await s.endpoint(["ticket.created"]);
  const admin = await signUp(s.t, { grants: { [s.t.project]: "admin" } });
  const operator = await signUp(s.t, { grants: { [s.t.project]: "operator" } });
  const told: JournalRow[] = [];
  const listening = startConsumer(s.t.app.core, {
    name: "test notifications",
    from: "now",
    async handle(tx, rows) {
      told.push(...rows);
      await tell(tx, s.t.clock, rows);
    },
  });
  await listening.drain();
  receiver.answer = () => ({ status: 410 });
  await s.open();
  await s.settle();
  await s.written();
  await listening.drain();
  await listening.stop();
  const newsOf = async ({ client }: typeof admin) =>
    (await client.notifications.list()).data.filter(({ kind }) => kind === "webhook");
  expect(await newsOf(admin)).toMatchObject([
    { ticket: null, webhook: { id: webhook.id, name: webhook.url }, actor: { kind: "system" } },
  ]);
  expect(await newsOf(operator)).toEqual([]);
  expect(told.map(({ type }) => type)).toContain("webhook.disabled");
});
