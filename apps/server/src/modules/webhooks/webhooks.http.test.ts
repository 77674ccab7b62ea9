import { createHmac } from "node:crypto";
import { fromPublicId } from "@okno/contract";
import { verifyWebhook } from "@okno/signing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { codeOf, signUp } from "../../testing/index.ts";
import { hourMs, type Stage, startStage } from "./fixtures/stage.ts";

let s: Stage;
beforeAll(async () => {
  s = await startStage();
});
afterEach(() => s.clear());
afterAll(() => s.close());

describe("what is told", () => {
  test("[PO-10] an event is told once, signed by the Standard Webhooks rules, with ids and no person's words", async () => {
    const { receiver, secret, webhook } = await s.endpoint();
    const contact = { name: "Анна Секретова", email: "anna@example.com" };
    const ticket = await s.t.client.tickets.create({
      body: { subject: "Тайна", body: "Никому не говорите", contact, project: s.t.project },
    });
    await s.settle();
    expect(receiver.types()).toEqual(["ticket.created"]);
    const [first] = receiver.heard;
    const [logged] = await s.logOf(webhook);
    expect(first?.headers["webhook-id"]).toBe(logged?.id);
    expect(first?.headers["content-type"]).toBe("application/json");
    expect(
      verifyWebhook([secret], first as { headers: Record<string, string>; body: string }, {
        now: s.t.clock.now(),
      }),
    ).toEqual({
      ok: true,
    });
    const told = JSON.parse(first?.body ?? "{}");
    expect(told).toMatchObject({
      type: "ticket.created",
      data: {
        event: { ticket: ticket.id, seq: 1, project: s.t.project },
        ticket: { id: ticket.id, state: ticket.state, phase: "open", contact: { id: ticket.contact?.id } },
      },
    });
    expect(Date.parse(told.timestamp)).toBeLessThanOrEqual(s.t.clock.now().getTime());
    expect(first?.body).not.toMatch(/Анна|Секретова|Тайна|Никому|anna@example/u);
    const page = await s.t.client.events.list({ query: { after: told.data.event.cursor } });
    expect(page.data.every((event) => event.ticket !== ticket.id || event.seq > 1)).toBe(true);
  });

  test("the signature is what the published vector says", () => {
    const key = Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64");
    const text = 'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}';
    const expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    expect(`v1,${createHmac("sha256", key).update(text).digest("base64")}`).toBe(expected);
    const headers = {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": expected,
    };
    const received = { headers, body: '{"test": 2432232314}' };
    expect(
      verifyWebhook(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], received, { now: new Date(1614265330_000) }),
    ).toEqual({ ok: true });
  });

  test("only what an endpoint asked for, of its own project, from its making on", async () => {
    const other = await s.t.client.projects.create({ body: { name: `Другой ${Math.random()}` } });
    await s.open("До всех");
    const { receiver: completions } = await s.endpoint(["ticket.completed"]);
    const { receiver: elsewhere } = await s.endpoint([], { project: other.id });
    const { receiver: everything } = await s.endpoint([], { project: null });
    const { id } = await s.open();
    await s.t.client.actions.complete({ params: { id }, body: {} });
    await s.t.client.labels.create({ body: { project: other.id, name: "метка" } });
    await s.settle();
    expect(completions.types()).toEqual(["ticket.completed"]);
    expect(elsewhere.types()).toEqual(["webhook.added", "label.added"]);
    expect(everything.types()).toEqual(
      expect.arrayContaining(["ticket.created", "ticket.completed", "label.added"]),
    );
  });

  test("one entry is told to one endpoint once, also when a batch is read again", async () => {
    const { receiver, webhook } = await s.endpoint();
    await s.open();
    await s.settle();
    const back = {
      name: "test.back",
      text: "update journal_consumers set position = position - 2 where name = 'webhooks'",
    };
    await s.t.db.background.query(back);
    await s.settle();
    expect(receiver.heard).toHaveLength(1);
    expect(await s.logOf(webhook)).toHaveLength(1);
  });

  test("during a rotation both secrets sign; a third ends the first; the old one ends in its time", async () => {
    const { receiver, secret: first, webhook } = await s.endpoint();
    const rotate = async (keepOldHours?: number) =>
      (await s.t.client.webhooks.rotateSecret({ params: { id: webhook.id }, body: { keepOldHours } })).secret;
    const signedBy = async (...secrets: string[]) => {
      receiver.heard.length = 0;
      await s.open();
      await s.settle();
      const [heard] = receiver.heard as unknown as { headers: Record<string, string>; body: string }[];
      expect(heard?.headers["webhook-signature"]?.split(" ")).toHaveLength(secrets.length);
      return secrets.map((secret) => heard && verifyWebhook([secret], heard, { now: s.t.clock.now() }).ok);
    };
    const second = await rotate();
    expect(await signedBy(second, first)).toEqual([true, true]);
    const third = await rotate(2);
    expect(await signedBy(third, second)).toEqual([true, true]);
    s.t.clock.advance(2 * hourMs + 1);
    expect(await signedBy(third)).toEqual([true]);
    expect((await s.stateOf(webhook)).secrets).toHaveLength(1);
    const [{ n } = { n: 0 }] = await s.t.db.background.query<{ n: number }>({
      name: "test.plain_secrets",
      text: `select count(*)::int as n from webhook_secrets where position('whsec'::bytea in sealed) > 0`,
    });
    expect(n).toBe(0);
  });
});

describe("addresses", () => {
  test.each([
    "http://10.0.0.1/",
    "http://169.254.169.254/latest",
    "https://[::ffff:10.0.0.1]/",
    "https://a:b@example.com/",
  ])("%s is refused when it is written down", async (url) => {
    const made = s.t.client.webhooks.create({ body: { project: s.t.project, url } });
    expect(await codeOf(made)).toBe("invalid_request");
  });

  test("one that turns out to lead inside is not called, and the log says why", async () => {
    const { webhook } = await s.endpoint();
    await s.t.db.background.query(
      { name: "test.inside", text: "update webhooks set url = 'http://10.0.0.1/' where id = $1" },
      [fromPublicId("webhook", webhook.id)],
    );
    await s.open();
    await s.settle();
    expect((await s.logOf(webhook))[0]).toMatchObject({
      state: "waiting",
      last: { status: null, error: "private_address" },
    });
  });
});

describe("by hand", () => {
  test("a test is sent at once and its outcome answered, whatever it is", async () => {
    const { receiver, webhook, secret } = await s.endpoint();
    const good = await s.t.client.webhooks.test({ params: { id: webhook.id } });
    expect(good).toMatchObject({ type: "webhook.test", state: "succeeded", last: { status: 200 } });
    const [heard] = receiver.heard as unknown as { headers: Record<string, string>; body: string }[];
    expect(heard && verifyWebhook([secret], heard, { now: s.t.clock.now() }).ok).toBe(true);
    receiver.answer = () => ({ status: 404, body: "no such page" });
    const bad = await s.t.client.webhooks.test({ params: { id: webhook.id } });
    expect(bad).toMatchObject({
      state: "failed",
      last: { status: 404 },
      log: [{ response: "no such page" }],
    });
    expect((await s.stateOf(webhook)).failingSince).toBeNull();
  });

  test("switched off it hears nothing and drops what waits; what happens meanwhile is not collected", async () => {
    const { receiver, webhook } = await s.endpoint(["ticket.created"]);
    receiver.answer = () => ({ status: 500 });
    await s.open();
    await s.settle();
    const params = { id: webhook.id };
    expect(await s.t.client.webhooks.update({ params, body: { enabled: false } })).toMatchObject({
      state: "disabled",
      why: "hand",
    });
    await s.open();
    await s.settle();
    expect((await s.logOf(webhook)).map(({ state }) => state)).toEqual(["dropped"]);
  });

  test("the log is filtered by endpoint, state and type, and paged", async () => {
    const { receiver, webhook } = await s.endpoint(["ticket.created", "ticket.changed"]);
    for (let n = 0; n < 3; n++) await s.setPriority((await s.open()).id, "high");
    await s.settle();
    receiver.answer = () => ({ status: 500 });
    await s.open();
    await s.settle();
    const list = (query: object) =>
      s.t.client.webhooks.deliveries({ query: { webhook: webhook.id, ...query } });
    expect((await list({ state: "waiting" })).data).toHaveLength(1);
    expect((await list({ type: "ticket.changed" })).data).toHaveLength(3);
    const first = await list({ limit: 5 });
    const second = await list({ limit: 5, cursor: first.nextCursor ?? "" });
    expect([first.data.length, second.data.length, second.nextCursor]).toEqual([5, 2, null]);
    expect(await codeOf(list({ cursor: "nonsense" }))).toBe("invalid_cursor");
  });

  test("an endpoint of the whole workspace is an owner's matter", async () => {
    const admin = await signUp(s.t, { grants: { [s.t.project]: "admin" } });
    const body = { project: null, url: "http://127.0.0.1:9/all" };
    expect(await codeOf(admin.client.webhooks.create({ body }))).toBe("forbidden");
    const { webhook } = await s.t.client.webhooks.create({ body });
    expect(await codeOf(admin.client.webhooks.get({ params: { id: webhook.id } }))).toBe("not_found");
  });
});
