import { createHash, randomUUID } from "node:crypto";
import { toPublicId } from "@okno/contract";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Desk } from "../../../../../kinds/payout/server/core/desks.ts";
import { listBalances } from "../../../../../kinds/payout/server/core/ledger.ts";
import {
  type Booked,
  type FakeProvider,
  startFakeProvider,
} from "../../../../../kinds/payout/server/processing/fixtures/fake-provider.ts";
import { adminKey } from "../../testing/test-app.ts";
import { type PayoutStage, startPayoutStage } from "./fixtures/payout-stage.ts";

// A provider that pays twice what it is sent twice: its book counts.

let s: PayoutStage;
let provider: FakeProvider;
let callBackTo: string;
const authorization = `Bearer ${adminKey}`;
const key = (id: string) => toPublicId("payout", id);

beforeAll(async () => {
  s = await startPayoutStage();
  provider = await startFakeProvider();
  provider.now = () => s.t.clock.now();
  const answer = await fetch(`${s.t.url}/v1/payout-desks/${toPublicId("desk", s.desks.live.id)}/provider`, {
    method: "PUT",
    headers: { authorization, "content-type": "application/json" },
    body: JSON.stringify({ url: provider.url, statusUrl: provider.statusUrl }),
  });
  expect(answer.status).toBe(200);
  const set = (await answer.json()) as { secret: string; callBackPath: string };
  provider.secret = set.secret;
  callBackTo = `${s.t.url}${set.callBackPath}`;
});
afterAll(async () => {
  await provider.close();
  await s.close();
});
beforeEach(() => {
  provider.treat = () => ({ take: "paid", answer: "word" });
  provider.beforeStatus = async () => undefined;
});
afterEach(async () => {
  await s.stopWork();
  await s.expectWhole();
});

function booked(id: string): Booked {
  const entry = provider.book.get(key(id));
  if (!entry) throw new Error("the provider has no such order");
  return entry;
}
const pays = (id: string) => provider.book.get(key(id))?.pays ?? 0;
const aged = (id: string, seconds: number) =>
  s.run("update payouts set sent_at = sent_at - make_interval(secs => $2) where id = $1", [id, seconds]);
const moved = async (desk: Desk) => {
  const [only] = await listBalances(s.t.db.in(s.t.workspaceId), s.t.workspaceId, desk.id);
  return only && [only.available, only.reserved, only.in_flight].map(Number);
};
const digestOf = (id: string, destination: string) =>
  createHash("sha256")
    .update(`${key(id)}.${destination}`)
    .digest("hex");

test("is sent a signed order with one key, and paid is paid; the order names who gets how much", async () => {
  const id = await s.confirmed("карта 1", "http");
  s.startWork();
  await s.until(id, "paid");
  expect(provider.book.get(key(id))).toMatchObject({
    pays: 1,
    order: { key: key(id), amount: "0.99", currency: "RUB", method: "TEST", destination: "карта 1" },
  });
  expect(provider.forged).toBe(0);
  expect((await s.row(id)).message).toBe("fake paid");
});

test("that takes an order and breaks off, answers 500 or nonsense is asked, and never sent the order twice", async () => {
  const ids: string[] = [];
  for (const answer of ["cut", "error", "nonsense"] as const) {
    provider.treat = () => ({ take: "paid", answer });
    const id = await s.confirmed(answer, "http");
    ids.push(id);
    s.startWork();
    await s.soon(id, "paid");
    await s.stopWork();
  }
  expect(ids.map(pays)).toEqual([1, 1, 1]);
});

test("that has not heard of an order is sent it again only when it can no longer be on its way", async () => {
  let heard = 0;
  provider.treat = () => ({ take: heard++ === 0 ? null : "paid", answer: "cut" });
  const id = await s.confirmed("дважды", "http");
  s.startWork();
  await expect.poll(() => heard).toBe(1);
  await s.stopWork();
  for (let n = 1; n <= 3; n++) expect(await s.work(id)).toMatchObject({ againAt: expect.any(Date) });
  expect(heard).toBe(1);
  await aged(id, 120);
  await expect(s.work(id), "the second order, too, is broken off").rejects.toThrow();
  await s.work(id);
  expect(await s.status(id)).toBe("paid");
  expect(pays(id)).toBe(1);
});

test("two processes that have the same job at once: one sends", async () => {
  provider.treat = () => ({
    take: "paid",
    answer: "word",
    before: () => new Promise((resolve) => setTimeout(resolve, 300)),
  });
  const id = await s.confirmed("вдвоём", "http");
  await Promise.all(Array.from({ length: 4 }, () => s.work(id)));
  expect(await s.status(id)).toBe("paid");
  expect(pays(id)).toBe(1);
});

test("that is silent for long: a person is told, it goes on being asked, and its first answer ends the doubt", async () => {
  provider.treat = () => ({ take: "accepted", answer: "cut" });
  provider.beforeStatus = () => Promise.reject(new Error("down"));
  const id = await s.confirmed("молчит", "http");
  await expect(s.work(id)).rejects.toThrow();
  const again = await s.work(id, 8);
  expect(again).toMatchObject({ againAt: expect.any(Date) });
  expect([await s.attention(id), await s.ticketState(id)]).toEqual(["no_answer", "checking"]);
  provider.beforeStatus = async () => undefined;
  await s.work(id);
  expect([await s.attention(id), await s.ticketState(id)]).toEqual([null, "processing"]);
  provider.book.set(key(id), { ...booked(id), state: "paid" });
  await s.work(id);
  expect(await s.status(id)).toBe("paid");
  expect(pays(id)).toBe(1);
});

test("whose order has no end for a day: a person is told, and the funds stay in flight", async () => {
  provider.treat = () => ({ take: "accepted", answer: "word" });
  const id = await s.confirmed("вечно", "http");
  await s.work(id);
  await aged(id, 25 * 3600);
  await s.work(id);
  expect([await s.attention(id), await s.status(id)]).toEqual(["too_long", "processing"]);
  expect((await provider.callBack(callBackTo, { key: key(id), state: "failed" })).status).toBe(200);
  expect(await s.status(id)).toBe("failed");
});

test("call-backs end a payout; repeated, late and contradicting ones move nothing, and a person hears of the last once", async () => {
  provider.treat = () => ({ take: "accepted", answer: "word" });
  const id = await s.confirmed("перезвонит", "http");
  s.startWork();
  await expect.poll(() => pays(id)).toBe(1);
  const before = await moved(s.desks.live);
  const states = ["accepted", "paid", "paid", "accepted", "failed", "failed", "paid"];
  const heard: string[] = [];
  for (const state of states) {
    const answer = await provider.callBack(callBackTo, { key: key(id), state });
    expect(answer.status).toBe(200);
    heard.push(JSON.parse(answer.body).heard);
  }
  expect(heard).toEqual(["waiting", "ended", "known", "known", "contradicts", "contradicts", "known"]);
  expect([await s.status(id), await s.attention(id), await s.ticketState(id)]).toEqual([
    "paid",
    "contradicted",
    "disputed",
  ]);
  expect(await s.eventsOf(id, "payout.contradicted")).toBe(1);
  expect(await moved(s.desks.live)).toEqual([before?.[0], before?.[1], (before?.[2] ?? 0) - 100]);
});

test("twenty call-backs at once that say two things: one counts", async () => {
  provider.treat = () => ({ take: "accepted", answer: "word" });
  const id = await s.confirmed("все сразу", "http");
  s.startWork();
  await expect.poll(() => pays(id)).toBe(1);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      provider.callBack(callBackTo, { key: key(id), state: n % 2 === 0 ? "paid" : "failed" }),
    ),
  );
  const heard = answers.map(({ body }) => JSON.parse(body).heard);
  expect(heard.filter((each) => each === "ended")).toHaveLength(1);
  expect((await s.eventsOf(id, "payout.paid")) + (await s.eventsOf(id, "payout.failed"))).toBe(1);
  expect(await s.eventsOf(id, "payout.contradicted")).toBe(1);
});

test("whose call-back speaks of another sum or receiver is refused, and a person is told", async () => {
  provider.treat = () => ({ take: "accepted", answer: "word" });
  const lies = [
    { amount: "99.00" },
    { currency: "USD" },
    { destinationDigest: "0".repeat(64) },
    { amount: null },
  ];
  s.startWork();
  for (const lie of lies) {
    const id = await s.confirmed("лжёт", "http");
    await expect.poll(() => pays(id)).toBe(1);
    const answer = await provider.callBack(callBackTo, { key: key(id), state: "paid", lie });
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([422, "callback_disagrees"]);
    expect([await s.status(id), await s.attention(id)]).toEqual(["processing", "provider_disagrees"]);
  }
  provider.treat = () => ({ take: "paid", answer: "word", lie: { amount: "1.00" } });
  const id = await s.confirmed("лжёт сразу", "http");
  await s.retry();
  await s.untilDoubted(id, "provider_disagrees");
});

test("call-backs that are forged, old, of another's payout or of no form are refused, and change nothing", async () => {
  provider.treat = () => ({ take: "accepted", answer: "word" });
  const id = await s.confirmed("чужой", "http");
  s.startWork();
  await expect.poll(() => pays(id)).toBe(1);
  const say = (over: object) => provider.callBack(callBackTo, { key: key(id), state: "paid", ...over });
  const another = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  expect((await say({ secret: another })).status).toBe(401);
  expect((await say({ at: new Date(s.t.clock.now().getTime() - 3_600_000) })).status).toBe(401);
  expect((await say({ state: "rich" })).status).toBe(400);
  expect((await say({ key: toPublicId("payout", randomUUID()) })).status).toBe(404);
  const sandboxed = await s.confirmed("later");
  expect((await say({ key: key(sandboxed) })).status).toBe(404);
  const nowhere = callBackTo.replace(/[^/]+$/u, "nobody");
  expect((await provider.callBack(nowhere, { key: key(id), state: "paid" })).status).toBe(404);
  expect(await s.status(id)).toBe("processing");
});

test("asked by hand it answers now; what it has never heard of stays as it is", async () => {
  provider.treat = () => ({ take: null, answer: "cut" });
  const id = await s.confirmed("спросят", "http");
  await s.work(id).catch(() => undefined);
  const ask = async () => {
    const answer = await fetch(`${s.t.url}/v1/payouts/${key(id)}/ask`, {
      method: "POST",
      headers: { authorization },
    });
    return { http: answer.status, ...((await answer.json()) as object) };
  };
  expect(await ask()).toMatchObject({ http: 200, answer: "absent" });
  provider.beforeStatus = () => Promise.reject(new Error("down"));
  expect(await ask()).toMatchObject({ http: 503, code: "unavailable" });
  provider.beforeStatus = async () => undefined;
  provider.book.set(key(id), {
    order: { amount: "0.99", currency: "RUB", destinationDigest: digestOf(id, "спросят") },
    sends: 1,
    pays: 1,
    state: "paid",
  });
  expect(await ask()).toMatchObject({ http: 200, answer: "paid" });
  expect(await ask()).toMatchObject({ http: 409, code: "payout_not_created" });
  expect(await s.status(id)).toBe("paid");
});

test("is asked about what was sent to it even after another has taken its place", async () => {
  provider.treat = () => ({ take: "accepted", answer: "word" });
  const id = await s.confirmed("прежний", "http");
  await s.work(id);
  await s.run("update payout_providers set disabled_at = now() where desk_id = $1", [s.desks.live.id]);
  provider.book.set(key(id), { ...booked(id), state: "paid" });
  await s.work(id);
  expect(await s.status(id)).toBe("paid");
  const homeless = await s.confirmed("никому", "http");
  await s.work(homeless);
  expect([await s.attention(homeless), pays(homeless)]).toEqual(["no_provider", 0]);
  await s.run("update payout_providers set disabled_at = null where desk_id = $1", [s.desks.live.id]);
});

test("[PO-09] nothing that is logged or kept of jobs holds a destination or the provider's secret", async () => {
  const kept = JSON.stringify([s.t.logs, await s.run("select payload, last_error from jobs")]);
  for (const secret of ["карта 1", "молчит", "дважды", provider.secret]) expect(kept).not.toContain(secret);
});
