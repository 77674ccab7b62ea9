import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { destination, type NativeStage, startNativeStage } from "./fixtures/native-stage.ts";

// The life of a payout by the native interface.

let s: NativeStage;
beforeAll(async () => {
  s = await startNativeStage();
});
afterAll(() => s.close());
afterEach(async () => {
  await s.stopWork();
  await s.expectWhole();
});

test("[PO-01] [PO-04] [PO-11] created, confirmed, processing, paid: with its history, its sums and the ledger beside it", async () => {
  const [available] = await s.balance();
  const extra = '{"заказ": "№ 17 🎈"}';
  const made = await s.created({ amount: "100.5", extra, purpose: "Возврат" });
  expect(made).toMatchObject({
    status: "created",
    version: 1,
    amount: "100.5",
    receive: "100.5",
    commission: "0",
    deduction: "100.5",
    subtractFrom: "amount",
    extra,
    purpose: "Возврат",
    callbackUrl: null,
    confirmedAt: null,
    expiresAt: null,
  });
  expect(made.id).toMatch(/^pay_/u);
  expect(made.ticket).toBe(made.id.replace("pay_", "tkt_"));
  expect(await s.balance()).toEqual([String(Number(available) - 100.5), "100.5", "0"]);
  const confirmed = await s.confirm(made.id);
  expect(confirmed.status, JSON.stringify(confirmed.json)).toBe(200);
  expect(confirmed.json).toMatchObject({ status: "processing", version: 2 });
  expect(await s.balance()).toEqual([String(Number(available) - 100.5), "0", "100.5"]);
  s.startWork();
  const paid = await s.until(made.id, "paid");
  expect(paid.finalAt).not.toBeNull();
  expect(await s.balance()).toEqual([String(Number(available) - 100.5), "0", "0"]);
  const happened = await s.happened(made.id);
  expect(happened.filter((type) => type.startsWith("payout."))).toEqual([
    "payout.created",
    "payout.processing",
    "payout.paid",
  ]);
});

test("[PO-01] only what is created can be confirmed: each other state answers what became of it, and stays", async () => {
  const cancelled = await s.created();
  await s.cancel(cancelled.id);
  const [failed, paid] = [await s.created({ destination: "Иван fail" }), await s.created()];
  await s.confirm(failed.id);
  await s.confirm(paid.id);
  s.startWork();
  await s.until(failed.id, "failed");
  await s.until(paid.id, "paid");
  await s.stopWork();
  const processing = await s.created();
  await s.confirm(processing.id);
  for (const { id } of [cancelled, failed, paid, processing]) {
    const before = await s.get(id);
    const again = await s.confirm(id);
    expect(again).toMatchObject({ status: 409, code: "payout_not_created" });
    expect(again.json.details).toEqual({
      status: before.status,
      version: before.version,
      confirmedAt: before.confirmedAt,
      finalAt: before.finalAt,
    });
    if (before.status !== "processing")
      expect(await s.cancel(id, s.keys.both)).toMatchObject({ status: 409 });
    expect(await s.get(id)).toEqual(before);
  }
});

test("[PO-07] a quote holds fee and rate: what is created from it costs what it said, whatever is changed meanwhile", async () => {
  const desk = await s.makeDesk({}, { method: "ETHEREUM", funds: "10" });
  const rate = (price: string) => s.ask("payoutRates", "add", { body: { currency: "ETH", price } });
  expect((await rate("96500")).json).toMatchObject({ currency: "ETH", price: "96500" });
  const body = { desk, method: "ETHEREUM", amount: "0.002", subtractFrom: "amount" };
  const quote = (await s.ask("payouts", "quote", { body }, s.keys.maker)).json;
  expect(quote).toMatchObject({
    receive: "0.0005",
    commission: "0.0015",
    deduction: "0.002",
    rubAmount: "193",
  });
  expect(Date.parse(String(quote.expiresAt)) - Date.parse(String(quote.createdAt))).toBe(15 * 60_000);
  await rate("200001.000");
  const method = { params: { id: desk, method: "ETHEREUM" }, body: { fixed: "0.001", percent: "3" } };
  expect((await s.ask("payoutDesks", "updateMethod", method)).status).toBe(200);
  const to = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
  const from = (more: object) => s.create({ ...body, destination: to, quote: quote.id, ...more });
  const other = await from({ amount: "0.003", subtractFrom: "balance" });
  expect(other).toMatchObject({ status: 400, code: "invalid_request" });
  expect(other.json.errors?.map(({ pointer }) => pointer)).toEqual(["/amount", "/subtractFrom"]);
  const made = await from({});
  expect(made.json).toMatchObject({
    receive: "0.0005",
    commission: "0.0015",
    rubAmount: "193",
    expiresAt: quote.expiresAt,
  });
  // One payout from one quote.
  expect(await from({})).toMatchObject({ status: 409, code: "already_exists" });
  const now = (await s.ask("payouts", "quote", { body: { ...body, amount: "0.01" } }, s.keys.maker)).json;
  expect(now).toMatchObject({ commission: "0.0013", rubAmount: "2000.01" });
});

test("a quote that has run out creates nothing and lets nothing be confirmed", async () => {
  const { desk } = s;
  const body = { desk, method: "TEST", amount: "100", subtractFrom: "amount" };
  const quoted = async () => (await s.ask("payouts", "quote", { body }, s.keys.maker)).json.id;
  const [first, second] = [await quoted(), await quoted()];
  const made = await s.created({ quote: first });
  s.t.clock.advance(15 * 60_000);
  expect(await s.create({ quote: second })).toMatchObject({ status: 409, code: "quote_expired" });
  expect(await s.confirm(made.id)).toMatchObject({ status: 409, code: "quote_expired" });
  s.startWork();
  const ended = await s.until(made.id, "cancelled");
  expect(ended.message).toBe("Expired");
});

describe("a payout in doubt", () => {
  test("is resolved once by an administrator's word, and by nobody's while its provider is at work", async () => {
    const [first, second] = [
      await s.created({ destination: "Иван unknown" }),
      await s.created({ destination: "Пётр unknown" }),
    ];
    await s.confirm(first.id);
    const resolve = (id: string, body: object, caller = undefined as never) =>
      s.ask("payouts", "resolve", { params: { id }, body }, caller);
    const paid = { outcome: "paid", message: "Нашли в выписке", reference: "№ 7" };
    expect(await resolve(first.id, paid)).toMatchObject({ status: 409, code: "payout_not_created" });
    await s.confirm(second.id);
    s.startWork();
    for (const { id } of [first, second])
      await expect.poll(async () => (await s.get(id)).attention).toBe("provider_unknown");
    expect(await resolve(first.id, { outcome: "paid", message: "Да" })).toMatchObject({ status: 400 });
    expect(await resolve(first.id, paid, s.keys.both as never)).toMatchObject({ status: 403 });
    expect(await resolve(first.id, paid)).toMatchObject({
      status: 200,
      json: { status: "paid", providerReference: "№ 7" },
    });
    expect(await resolve(first.id, { ...paid, outcome: "failed" })).toMatchObject({
      code: "payout_not_created",
    });
    const failed = await resolve(second.id, { outcome: "failed", message: "Банк вернул" });
    expect(failed.json).toMatchObject({ status: "failed", message: "Банк вернул", attention: "failed" });
  });
});

test("[PO-09] the destination is masked everywhere but where an administrator looks at it, and the look is kept", async () => {
  const made = await s.created({ destination });
  const masked = String(made.destination);
  expect(masked).not.toContain("Константинопольский");
  const path = { params: { id: made.id } };
  const all = [
    await s.get(made.id),
    (await s.ask("payouts", "list", {}, s.keys.reader)).json,
    (await s.ask("payouts", "events", path)).json,
    (await s.ask("payoutDesks", "statement", { params: { id: s.desk }, query: { method: "TEST" } })).json,
  ];
  expect(JSON.stringify(all)).not.toContain("Константинопольский");
  expect(await s.ask("payouts", "destination", path, s.keys.both)).toMatchObject({ status: 403 });
  const shown = await s.ask("payouts", "destination", path);
  expect(shown.json).toEqual({ destination, destinationExtra: null });
  expect((await s.happened(made.id)).at(-1)).toBe("payout.destination_shown");
});

test("lists run by keyset, within the caller's projects, by desk, status and method", async () => {
  const desk = await s.makeDesk();
  const made: string[] = [];
  for (let n = 0; n < 5; n++) made.unshift((await s.created({ desk })).id);
  await s.cancel(made[2] ?? "");
  const page = async (query: Record<string, string>) =>
    (await s.ask("payouts", "list", { query: { desk, ...query } }, s.keys.reader)).json;
  const first = await page({ limit: "2" });
  const second = await page({ limit: "2", cursor: String(first.nextCursor) });
  const third = await page({ limit: "2", cursor: String(second.nextCursor) });
  expect([first, second, third].flatMap(({ data }) => data.map(({ id }) => id))).toEqual(made);
  expect(third.nextCursor).toBeNull();
  const ids = async (query: Record<string, string>) => (await page(query)).data.map(({ id }) => id);
  expect(await ids({ status: "cancelled" })).toEqual([made[2]]);
  expect(await ids({ status: "created", method: "TEST" })).toHaveLength(4);
  expect(await ids({ method: "BITCOIN" })).toEqual([]);
  const elsewhere = await s.t.client.projects.create({ body: { name: "Другой" } });
  const body = { name: "Чужой", scopes: ["payouts:read" as const], projects: [elsewhere.id] };
  const { secret } = await s.t.client.keys.create({ body });
  const stranger = { authorization: `Bearer ${secret}` };
  expect((await s.ask("payouts", "list", { query: { desk } }, stranger)).json.data).toEqual([]);
  expect(await s.ask("payouts", "get", { params: { id: made[0] ?? "" } }, stranger)).toMatchObject({
    status: 404,
  });
});
