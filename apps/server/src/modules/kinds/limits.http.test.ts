import { fromPublicId } from "@okno/contract";
import { Refusal } from "@okno/kit";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Desk } from "../../../../../kinds/payout/server/core/desks.ts";
import { type ApprovalStage, startApprovalStage, type Wanted } from "./fixtures/approval-stage.ts";

let s: ApprovalStage;
beforeAll(async () => {
  s = await startApprovalStage();
});
afterAll(() => s.close());
afterEach(() => s.expectWhole());

async function limited(...limits: object[]): Promise<Desk> {
  const desk = await s.makeDesk();
  await s.guard(desk, { limits });
  return s.fresh(desk);
}
/** `accepted`, or the facts of the limit that was reached. */
async function tried(desk: Desk, wanted: Wanted): Promise<unknown> {
  try {
    await s.create(desk, wanted);
    return "accepted";
  } catch (error) {
    if (error instanceof Refusal && error.code === "limit_reached") return error.details;
    throw error;
  }
}
const nextMidnight = () => {
  const moscow = new Date(s.t.clock.now().getTime() + 3 * 3_600_000);
  return new Date(
    Date.UTC(moscow.getUTCFullYear(), moscow.getUTCMonth(), moscow.getUTCDate() + 1) - 3 * 3_600_000,
  );
};

test("a single payout above the limit is refused with the limit and what would be let through", async () => {
  const desk = await limited({ what: "payout", method: "TEST", most: "5" });
  expect(await tried(desk, { amount: 500n })).toBe("accepted");
  expect(await tried(desk, { amount: 501n })).toEqual({
    limit: "payout",
    why: "too_much",
    method: "TEST",
    most: "5",
    left: "5",
    currency: "RUB",
    resetsAt: null,
  });
  expect(await tried(desk, { method: "ETHEREUM", amount: 10_000n })).toBe("accepted");
});

test("twenty creations at the same moment never pass a day's limit together, by whatever methods", async () => {
  const byMethod = await limited({ what: "day", method: "TEST", most: "10" });
  const all = await limited({ what: "day", most: "10" });
  const at = (desk: Desk, methodOf: (n: number) => Wanted["method"]) =>
    Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const method = methodOf(n) ?? "TEST";
        return tried(desk, { amount: 300n, method, rub: 300n, destination: `Получатель ${n}` });
      }),
    );
  const first = await at(byMethod, () => "TEST");
  expect(first.filter((answer) => answer === "accepted")).toHaveLength(3);
  const second = await at(all, (n) => (n % 2 === 0 ? "TEST" : "ETHEREUM"));
  expect(second.filter((answer) => answer === "accepted")).toHaveLength(3);
  expect(second.find((answer) => answer !== "accepted")).toMatchObject({
    limit: "day",
    method: null,
    currency: "RUB",
  });
});

test("the same through one transaction, as calls of one moment share it", async () => {
  const desk = await limited({ what: "day", most: "10" });
  const { createPayout, creationOrder } = await import("../../../../../kinds/payout/server/core/create.ts");
  expect(creationOrder(desk, "TEST")).toBe(creationOrder(desk, "ETHEREUM"));
  const one = async (n: number) => {
    const number = await s.ports.tickets.takeNumber(s.t.workspaceId);
    const prepared = s.prepared({ amount: 300n, method: n % 2 === 0 ? "TEST" : "ETHEREUM", rub: 300n });
    return s.ports.db.gathered(s.t.workspaceId, creationOrder(desk, prepared.method), (tx) =>
      createPayout(s.deps, tx, desk, { prepared, actor: { kind: "system", id: null }, number }),
    );
  };
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => one(n)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
});

test("the day is the project's: it begins anew at its midnight, and what came back is not counted", async () => {
  const desk = await limited({ what: "day", method: "TEST", most: "10" });
  const resetsAt = nextMidnight().toISOString();
  const first = await s.create(desk, { amount: 700n });
  expect(await tried(desk, { amount: 301n })).toMatchObject({ left: "3", resetsAt });
  await s.cancel(first.id);
  expect(await tried(desk, { amount: 1_000n })).toBe("accepted");
  expect(await tried(desk, { amount: 1n })).toMatchObject({ left: "0", resetsAt });
  s.t.clock.advance(nextMidnight().getTime() - s.t.clock.now().getTime() - 2_000);
  expect(await tried(desk, { amount: 1n })).toMatchObject({ left: "0", resetsAt });
  s.t.clock.advance(3_000);
  expect(await tried(desk, { amount: 1_000n })).toBe("accepted");
});

test("a key's limit counts that key's payouts alone; one without a key holds for each by itself", async () => {
  const maker = await s.person("admin");
  const [first, second] = [await s.keyOf(maker), await s.keyOf(maker)];
  const named = await limited({ what: "key_day", key: (await keysOf(maker))[0], method: "TEST", most: "4" });
  const [bound, free] =
    first.id === fromPublicId("key", (await keysOf(maker))[0] ?? "") ? [first, second] : [second, first];
  expect(await tried(named, { amount: 400n, by: bound })).toBe("accepted");
  expect(await tried(named, { amount: 1n, by: bound })).toMatchObject({
    limit: "key_day",
    left: "0",
    key: expect.stringMatching(/^key_/u),
  });
  expect(await tried(named, { amount: 4_000n, by: free })).toBe("accepted");
  const each = await limited({ what: "key_day", method: "TEST", most: "4" });
  for (const by of [first, second]) {
    expect(await tried(each, { amount: 400n, by })).toBe("accepted");
    expect(await tried(each, { amount: 1n, by })).toMatchObject({ limit: "key_day" });
  }
});
const keysOf = async (person: Awaited<ReturnType<ApprovalStage["person"]>>) =>
  (await person.client.keys.list()).data.map(({ id }) => id);

test("a new destination waits its hours from the first refusal on; one that is known does not", async () => {
  const desk = await s.makeDesk();
  await s.create(desk, { destination: "Старый" });
  s.t.clock.advance(25 * 3_600_000);
  await s.guard(desk, { limits: [{ what: "new_destination", hours: 24 }] });
  expect(await tried(desk, { destination: "Старый" })).toBe("accepted");
  const refused = (await tried(desk, { destination: "Новый" })) as { resetsAt: string };
  expect(refused).toMatchObject({ limit: "new_destination", why: "too_new", hours: 24 });
  s.t.clock.advance(23 * 3_600_000);
  // Asking again does not begin it anew.
  const left = Date.parse(((await tried(desk, { destination: "Новый" })) as { resetsAt: string }).resetsAt);
  expect(Math.abs(left - Date.parse(refused.resetsAt))).toBeLessThan(5);
  s.t.clock.advance(3_600_000);
  expect(await tried(desk, { destination: "Новый" })).toBe("accepted");
  const { rows } = {
    rows: await s.db.query<{ digest: Buffer }>({ name: "", text: "select digest from payout_destinations" }),
  };
  expect(rows.every(({ digest }) => !digest.toString().includes("Новый"))).toBe(true);
});

test("a limit in roubles refuses what no rate is known for, rather than let it pass unmeasured", async () => {
  const desk = await limited({ what: "payout", most: "1000000" });
  expect(await tried(desk, { method: "ETHEREUM", rub: null })).toMatchObject({ why: "no_rate" });
  expect(await tried(desk, { method: "ETHEREUM", rub: 5n })).toBe("accepted");
});

test("limits are replaced as a whole, and answered as they were sent; what names nothing is refused", async () => {
  const desk = await s.makeDesk();
  const limits = [
    { what: "day", method: "ETHEREUM", most: "0.000000000000000001" },
    { what: "key_day", key: null, method: null, most: "0.01" },
    { what: "new_destination", method: "TEST", hours: 720 },
  ];
  expect((await s.guard(desk, { limits })).limits).toEqual(limits);
  expect((await s.guard(desk, { stepUp: true })).limits).toEqual(limits);
  const path = `/v1/payout-desks/${s.dsk(desk)}/guards`;
  const wrong = async (limit: object) => (await s.call("adminKey", "PATCH", path, { limits: [limit] })).json;
  expect(await wrong({ what: "day", method: "TEST", most: "0.001" })).toMatchObject({
    code: "invalid_request",
    errors: [{ pointer: "/limits/0/most", message: "too precise" }],
  });
  expect(await wrong({ what: "day", method: "NOSUCH", most: "1" })).toMatchObject({
    code: "unknown_reference",
  });
  expect(await wrong({ what: "day", most: 5 })).toMatchObject({ code: "invalid_request" });
  expect((await s.guard(desk, { limits: [] })).limits).toEqual([]);
  expect((await s.fresh(desk)).has_limits).toBe(false);
});
