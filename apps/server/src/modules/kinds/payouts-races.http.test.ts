import { randomUUID } from "node:crypto";
import { fromPublicId } from "@okno/contract";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type NativeStage, type Said, startNativeStage } from "./fixtures/native-stage.ts";

// The native interface where calls meet: exactly one wins, and a repeated call is the same call.

let s: NativeStage;
beforeAll(async () => {
  s = await startNativeStage();
});
afterAll(() => s.close());
afterEach(async () => {
  await s.stopWork();
  await s.expectWhole();
});

const statuses = (answers: readonly Said[]) => {
  const counted: Record<string, number> = {};
  for (const { status, code } of answers) counted[code ?? status] = (counted[code ?? status] ?? 0) + 1;
  return counted;
};
const times = <T>(n: number, run: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => run(i)));

test("[PO-01] of fifty confirmations at once one succeeds, the others learn what became of it, one job is made", async () => {
  const { id } = await s.created();
  const answers = await times(50, () => s.confirm(id));
  expect(statuses(answers)).toEqual({ 200: 1, payout_not_created: 49 });
  for (const { code, json } of answers)
    if (code) expect(json.details).toMatchObject({ status: "processing", confirmedAt: expect.any(String) });
  expect((await s.happened(id)).filter((type) => type === "payout.processing")).toHaveLength(1);
  const jobs = await s.t.db.background.query(
    {
      name: "test.jobs",
      text: "select 1 from jobs where name = 'payout.process' and payload->>'payoutId' = $1",
    },
    [fromPublicId("payout", id)],
  );
  expect(jobs).toHaveLength(1);
});

test("of a confirmation and a cancellation at once one wins, and the ledger agrees", async () => {
  const ends = await times(25, async (n) => {
    const { id } = await s.created({ destination: `Гонка ${n}` });
    const both = [() => s.confirm(id), () => s.cancel(id)];
    const answers = await Promise.all((n % 2 ? both : both.reverse()).map((each) => each()));
    expect(statuses(answers)).toEqual({ 200: 1, payout_not_created: 1 });
    const won = answers.find(({ status }) => status === 200)?.json.status;
    expect((await s.get(id)).status).toBe(won);
    return won;
  });
  expect(ends).toHaveLength(25);
});

test("of a confirmation and the quote's end at once one wins", async () => {
  const made: string[] = [];
  for (let n = 0; n < 8; n++) {
    const body = { desk: s.desk, method: "TEST", amount: "100", subtractFrom: "amount" };
    const quote = (await s.ask("payouts", "quote", { body }, s.keys.maker)).json.id;
    made.push((await s.created({ quote })).id);
  }
  s.t.clock.advance(15 * 60_000 - 1);
  s.startWork();
  const confirmations = made.map((id) => s.confirm(id));
  s.t.clock.advance(1);
  const answers = await Promise.all(confirmations);
  for (const [n, { status, code }] of answers.entries()) {
    const end = await s.until(made[n] ?? "", status === 200 ? "paid" : "cancelled");
    if (status !== 200) expect(["quote_expired", "payout_not_created"]).toContain(code);
    expect(end.message).toBe(status === 200 ? "Paid" : "Expired");
  }
});

test("two payouts for the last funds: one is created, and never is there less than nothing", async () => {
  const desk = await s.makeDesk({}, { funds: "250" });
  const answers = await times(20, (n) => s.create({ desk, destination: `Иван ${n}` }));
  expect(statuses(answers)).toEqual({ 201: 2, insufficient_funds: 18 });
  expect(await s.balance(desk)).toEqual(["50", "200", "0"]);
});

test("one quote makes one payout, however many ask for it at once", async () => {
  const body = { desk: s.desk, method: "TEST", amount: "100", subtractFrom: "amount" };
  const quote = (await s.ask("payouts", "quote", { body }, s.keys.maker)).json.id;
  expect(statuses(await times(10, () => s.create({ quote })))).toEqual({ 201: 1, already_exists: 9 });
});

describe("an idempotency key", () => {
  const named = (key: string) => ({ "idempotency-key": key });
  const create = (headers: Record<string, string>, more = {}, caller = s.keys.maker) =>
    s.ask("payouts", "create", { body: s.order(more), headers }, caller);

  test("is required wherever money moves, and named when it is missing", async () => {
    const { id } = await s.created();
    const without = { headers: { "idempotency-key": "" } };
    const params = { id };
    const quote = { desk: s.desk, method: "TEST", amount: "1", subtractFrom: "amount" };
    const answers = [
      await s.ask("payouts", "create", { body: s.order(), ...without }, s.keys.maker),
      await s.ask("payouts", "confirm", { params, body: {}, ...without }, s.keys.checker),
      await s.ask("payouts", "cancel", { params, body: {}, ...without }, s.keys.maker),
      await s.ask("payouts", "quote", { body: quote, ...without }, s.keys.maker),
      await s.ask("payoutDesks", "fund", {
        params: { id: s.desk },
        body: { method: "TEST", amount: "1" },
        ...without,
      }),
    ];
    for (const { status, json } of answers) {
      expect(status).toBe(400);
      expect(json.errors?.map(({ pointer }) => pointer)).toEqual(["header/idempotency-key"]);
    }
    const res = await fetch(`${s.t.url}/v1/payouts/${id}/confirm`, {
      method: "POST",
      headers: s.keys.checker,
    });
    expect(res.status).toBe(400);
    expect((await s.get(id)).status).toBe("created");
  });

  test("gives the stored answer again, quoted or bare, for three days; to nobody else", async () => {
    const key = randomUUID();
    const first = await create(named(key));
    expect(first.status).toBe(201);
    expect((await create(named(`"${key}"`))).json).toEqual(first.json);
    await s.cancel(first.json.id);
    s.t.clock.advance(71 * 3_600_000);
    expect((await create(named(key))).json).toEqual(first.json);
    const other = await create(named(key), {}, s.keys.both);
    expect(other.json.id).not.toBe(first.json.id);
    const confirming = named(randomUUID());
    const confirmed = await s.confirm(other.json.id, s.keys.checker, {}, confirming);
    expect(await s.confirm(other.json.id, s.keys.checker, {}, confirming)).toMatchObject({
      status: 200,
      json: confirmed.json,
    });
  });

  test("is refused with another body, on another address, and in a broken form", async () => {
    const key = randomUUID();
    const { json } = await create(named(key));
    expect(await create(named(key), { amount: "101" })).toMatchObject({
      status: 422,
      code: "idempotency_mismatch",
    });
    expect(await s.cancel(json.id, s.keys.maker, {}, named(key))).toMatchObject({
      code: "idempotency_mismatch",
    });
    for (const broken of ['"open', '"a" "b"', "x".repeat(256)])
      expect(await create(named(broken))).toMatchObject({ status: 400 });
  });

  test("answers 409 at once while the first call is being carried out; what was refused may be tried again", async () => {
    const { id } = await s.created();
    const client = new pg.Client(s.t.connection);
    await client.connect();
    const key = named(randomUUID());
    await client.query("begin");
    await client.query("select 1 from tickets where id = $1 for update", [fromPublicId("payout", id)]);
    const first = s.confirm(id, s.keys.checker, {}, key);
    // Until it waits alone: in a shared transaction nobody waits for as long.
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
      and query_start < clock_timestamp() - interval '200 milliseconds'`;
    await expect.poll(async () => (await client.query(waiting)).rowCount).toBe(1);
    // The first still waits behind the held row: whatever is answered now has not waited for it.
    const third = await s.confirm(id, s.keys.checker, {}, key);
    expect(third).toMatchObject({ status: 409, code: "idempotency_in_flight" });
    expect(third.json.retryable).toBe(true);
    await client.query("rollback");
    await client.end();
    expect(await first).toMatchObject({ status: 200, json: { status: "processing" } });
    expect(await s.confirm(id, s.keys.checker, {}, key)).toMatchObject({
      status: 200,
      json: (await first).json,
    });
    const again = named(randomUUID());
    expect(await create(again, { amount: "99999999" })).toMatchObject({ code: "insufficient_funds" });
    await s.ask("payoutDesks", "fund", {
      params: { id: s.desk },
      body: { method: "TEST", amount: "99999999" },
    });
    expect(await create(again, { amount: "99999999" })).toMatchObject({ status: 201 });
  });

  test("of thirty equal calls at once makes one payout: every answer is that one, or asks to try again", async () => {
    const key = named(randomUUID());
    const answers = await times(30, () => create(key));
    const made = new Set(answers.filter(({ status }) => status === 201).map(({ json }) => json.id));
    expect(made.size).toBe(1);
    for (const { status, code } of answers) if (status !== 201) expect(code).toBe("idempotency_in_flight");
  });
});

test("a version that is not the payout's own is refused, in the body or as If-Match", async () => {
  const { id } = await s.created();
  expect(await s.confirm(id, s.keys.checker, { version: 2 })).toMatchObject({
    status: 409,
    code: "version_conflict",
  });
  expect(await s.confirm(id, s.keys.checker, {}, { "if-match": '"7"' })).toMatchObject({
    code: "version_conflict",
  });
  expect(await s.confirm(id, s.keys.checker, {}, { "if-match": "x" })).toMatchObject({ status: 400 });
  expect(await s.cancel(id, s.keys.maker, { version: 1 })).toMatchObject({ status: 200 });
});
