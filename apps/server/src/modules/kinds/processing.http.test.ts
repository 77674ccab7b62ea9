import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { endPayout, lockPayout } from "../../../../../kinds/payout/server/core/move.ts";
import { sweepStranded } from "../../../../../kinds/payout/server/processing/sweep.ts";
import { type PayoutStage, startPayoutStage, system } from "./fixtures/payout-stage.ts";

let s: PayoutStage;
beforeAll(async () => {
  s = await startPayoutStage();
});
afterAll(() => s.close());
afterEach(async () => {
  await s.stopWork();
  await s.expectWhole();
});

describe("the sandbox does what the destination tells it", () => {
  test("paid at once, failed, unknown: each ends where the table says, in one sending", async () => {
    const paid = await s.confirmed("Иван");
    const failed = await s.confirmed("Иван fail");
    const unknown = await s.confirmed("Иван unknown");
    s.startWork();
    await s.until(paid, "paid");
    await s.until(failed, "failed");
    await s.untilDoubted(unknown, "provider_unknown");
    expect(await s.sandboxBook(paid)).toEqual({ sends: 1, pays: 1 });
    expect(await s.sandboxBook(failed)).toEqual({ sends: 1, pays: 0 });
    expect(await s.status(unknown)).toBe("processing");
    expect([await s.ticketState(paid), await s.ticketState(failed), await s.ticketState(unknown)]).toEqual([
      "paid",
      "failed",
      "checking",
    ]);
  });

  test("taken on now, and paid or failed later: the provider is asked until it knows", async () => {
    const paid = await s.confirmed("later");
    const failed = await s.confirmed("later-fail");
    s.startWork();
    await expect.poll(async () => (await s.row(paid)).provider_reference).not.toBeNull();
    expect(await s.status(paid)).toBe("processing");
    s.t.clock.advance(6_000);
    await s.retry();
    await s.until(paid, "paid");
    await s.until(failed, "failed");
    expect(await s.sandboxBook(paid)).toEqual({ sends: 1, pays: 1 });
  });

  test("an answer that is lost after it was paid is asked for, never paid again; an order that was lost is sent again", async () => {
    const timeout = await s.confirmed("timeout");
    const lost = await s.confirmed("lost");
    s.startWork();
    await s.soon(timeout, "paid");
    await s.soon(lost, "paid");
    expect(await s.sandboxBook(timeout)).toEqual({ sends: 1, pays: 1 });
    expect(await s.sandboxBook(lost)).toEqual({ sends: 2, pays: 1 });
  });

  test("call-backs that come twice or in the wrong order: the first final word counts, a person hears of the other", async () => {
    const twice = await s.confirmed("twice");
    const disorder = await s.confirmed("disorder");
    s.startWork();
    await expect.poll(async () => (await s.sandboxBook(disorder))?.sends).toBe(1);
    s.t.clock.advance(10_000);
    await s.retry();
    await s.until(twice, "paid");
    await s.until(disorder, "paid");
    await s.untilDoubted(disorder, "contradicted");
    expect(await s.attention(twice)).toBeNull();
    expect(await s.ticketState(disorder)).toBe("disputed");
    expect(await s.eventsOf(disorder, "payout.contradicted")).toBe(1);
    expect(await s.eventsOf(twice, "payout.paid")).toBe(1);
  });
});

test("manual: it comes into the inbox and stays there until a person says what became of it", async () => {
  const id = await s.confirmed("карта", "manual");
  s.startWork();
  await s.untilDoubted(id, "manual");
  expect(await s.ticketState(id)).toBe("checking");
  await expect.poll(() => s.jobsOf(id)).toEqual([]);
  expect(await sweepStranded(s.deps)).toBe(0);
  await s.inTransaction(async (tx) =>
    endPayout(s.deps, tx, await lockPayout(s.deps, tx, id, null), {
      actor: system,
      now: s.t.clock.now(),
      outcome: "paid",
      message: "",
      reference: "квитанция 7",
    }),
  );
  expect(await s.status(id)).toBe("paid");
});

describe("a processor that is not there, a job that is gone", () => {
  test("an unknown processor puts the payout before a person at once", async () => {
    const id = await s.confirmed("Иван", "teleport");
    s.startWork();
    await s.untilDoubted(id, "unknown_processor");
  });

  test("a payout that is processing without a job gets one, which asks before it pays", async () => {
    const id = await s.confirmed("Иван");
    s.startWork();
    await s.until(id, "paid");
    await s.stopWork();
    const stranded = await s.confirmed("Иван");
    await s.run("delete from jobs where unique_key = $1", [stranded]);
    await s.run("update payouts set confirmed_at = confirmed_at - interval '10 minutes' where id = $1", [
      stranded,
    ]);
    const given = await s.confirmed("Иван");
    await s.run("update jobs set dead = true where unique_key = $1", [given]);
    await s.run("update payouts set confirmed_at = confirmed_at - interval '10 minutes' where id = $1", [
      given,
    ]);
    const fresh = await s.confirmed("Иван");
    expect(await sweepStranded(s.deps)).toBe(2);
    expect(await sweepStranded(s.deps)).toBe(0);
    s.startWork();
    for (const each of [stranded, given, fresh]) await s.until(each, "paid");
    for (const each of [stranded, given, fresh])
      expect(await s.sandboxBook(each)).toEqual({ sends: 1, pays: 1 });
  });
});
