import { fromPublicId, toPublicId } from "@okno/contract";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Desk } from "../../../../../kinds/payout/server/core/desks.ts";
import { signUp } from "../../testing/index.ts";
import { type ApprovalStage, startApprovalStage } from "./fixtures/approval-stage.ts";

type Person = Awaited<ReturnType<ApprovalStage["person"]>>;

let s: ApprovalStage;
let desk: Desk;
let [anna, boris, vera]: Person[] = [];
beforeAll(async () => {
  s = await startApprovalStage();
  desk = await s.makeDesk();
  await s.addRule(desk, { amountFrom: "1", needed: 2 });
  [anna, boris, vera] = [await s.person(), await s.person(), await s.person()];
});
afterAll(() => s.close());
afterEach(async () => {
  await s.stopWork();
  await s.expectWhole();
});
const people = () => [anna, boris, vera] as [Person, Person, Person];
/** A desk where one person of this role decides about everything. */
async function deskOfOne(rule: object = {}): Promise<Desk> {
  const made = await s.makeDesk();
  await s.addRule(made, { needed: 1, ...rule });
  return made;
}

test("below every rule a payout goes at once; above, it waits in the inbox with its funds reserved", async () => {
  const small = await s.confirmed(desk, { amount: 99n });
  expect(small.status).toBe("processing");
  const before = (await s.balances(desk)) ?? [];
  const { id, status, attention } = await s.confirmed(desk, { amount: 100n });
  expect([status, attention]).toEqual(["approving", "approval"]);
  expect(await s.balances(desk)).toEqual([(before[0] ?? 0) - 100, (before[1] ?? 0) + 100, before[2]]);
  expect(await s.ticket(id)).toMatchObject({ state: "approving", phase: "open" });
  expect(await s.jobs(id)).toBe(0);
  expect((await s.events(id)).slice(-3)).toEqual([
    "confirmation.confirmed",
    "confirmation.issued",
    "payout.approval_requested",
  ]);
});

test("two different people approve, and the last of them lets it go, in one step with the ledger", async () => {
  const [a, b, c] = people();
  const { id } = await s.confirmed(desk);
  expect(await s.approval(a, id)).toMatchObject({
    status: "pending",
    needed: 2,
    approvals: [],
    mayDecide: true,
    why: ["rule"],
  });
  expect(await s.approve(a, id)).toBe("approving");
  expect(await s.approve(a, id)).toBe("already_answered");
  expect(await s.approval(a, id)).toMatchObject({ mayNot: "answered", approvals: [{ member: a.member.id }] });
  expect(await s.approve(b, id)).toBe("processing");
  expect(await s.jobs(id)).toBe(1);
  expect(await s.row(id)).toMatchObject({ attention: null });
  expect(await s.approve(c, id)).toBe("payout_not_created");
  expect(await s.approval(b, id)).toMatchObject({ status: "approved", mayNot: "done" });
  s.startWork();
  await expect.poll(async () => (await s.row(id)).status).toBe("paid");
});

test("a refusal needs a reason, cancels the payout and frees its funds", async () => {
  const [a, b] = people();
  const before = await s.balances(desk);
  const { id } = await s.confirmed(desk);
  await s.approve(a, id);
  for (const nothing of [null, "", "   ", 7]) expect(await s.refuse(b, id, nothing)).toBe("invalid_request");
  expect(await s.refuse(b, id, "Счёт уже оплачен")).toBe("cancelled");
  expect(await s.row(id)).toMatchObject({ status: "cancelled", message: "Rejected" });
  expect(await s.balances(desk)).toEqual(before);
  expect(await s.approval(a, id)).toMatchObject({ status: "refused", reason: "Счёт уже оплачен" });
  expect(await s.approve(a, id)).toBe("payout_not_created");
  expect(JSON.stringify(await s.t.client.events.list({ query: { limit: "500" } }))).not.toContain(
    "Счёт уже оплачен",
  );
});

test("the merchant may take back what waits for approval; what nobody approves in time is cancelled by itself", async () => {
  const [a] = people();
  const taken = await s.confirmed(desk);
  expect((await s.cancel(taken.id)).status).toBe("cancelled");
  expect(await s.approve(a, taken.id)).toBe("payout_not_created");
  const quick = await deskOfOne({ hours: 1 });
  const { id } = await s.confirmed(quick);
  s.t.clock.advance(3_601_000);
  expect(await s.approve(a, id)).toBe("confirmation_expired");
  s.startWork();
  await expect.poll(async () => (await s.row(id)).message).toBe("Expired");
  expect(await s.approval(a, id)).toMatchObject({ status: "expired", payoutStatus: "cancelled" });
});

describe("whoever made or confirmed it never approves it", () => {
  test("neither as a person, nor by having made the key that did, nor by another key of theirs", async () => {
    const maker = await s.person("admin");
    const [first, second] = [await s.keyOf(maker), await s.keyOf(maker)];
    const own = await deskOfOne();
    for (const by of [s.memberActor(maker), first, second]) {
      const made = await s.create(own, { by });
      await s.confirm(made.id);
      expect(await s.approve(maker, made.id)).toBe("own_payout");
      expect(await s.approval(maker, made.id)).toMatchObject({ mayDecide: false, mayNot: "maker" });
      const confirmedBy = await s.confirmed(own, {}, by);
      expect(await s.approve(maker, confirmedBy.id)).toBe("own_payout");
      expect(await s.refuse(maker, confirmedBy.id)).toBe("own_payout");
      expect((await s.row(made.id)).status).toBe("approving");
    }
  });

  test("a key that a key made stands for the same person", async () => {
    const maker = await s.person("admin");
    const scopes = ["members:write", "payouts:create"] as const;
    const mother = await maker.client.keys.create({
      body: { name: "Мать", role: "admin", scopes: [...scopes], projects: [s.t.project] },
    });
    const daughter = await s.t.clientWith(mother.secret).keys.create({
      body: { name: "Дочь", role: "admin", scopes: ["payouts:create"], projects: [s.t.project] },
    });
    const own = await deskOfOne();
    const by = { kind: "key", id: fromPublicId("key", daughter.key.id) ?? null } as const;
    const { id } = await s.create(own, { by });
    await s.confirm(id);
    expect(await s.approve(maker, id)).toBe("own_payout");
  });

  test("a key approves nothing, whatever it may do", async () => {
    const own = await deskOfOne();
    const { id } = await s.confirmed(own);
    expect(await s.approve("adminKey", id)).toBe("forbidden");
    expect(await s.refuse("adminKey", id)).toBe("forbidden");
  });
});

test("only the role and the people that the rule names decide; a stranger finds nothing", async () => {
  const [a, b] = people();
  const operator = await s.person("operator");
  const stranger = await signUp(s.t);
  const forAdmins = await deskOfOne({ role: "admin" });
  const named = await deskOfOne({ role: "operator", members: [operator.member.id] });
  const first = await s.confirmed(forAdmins);
  expect(await s.approve(a, first.id)).toBe("forbidden");
  expect(await s.approval(a, first.id)).toMatchObject({ mayNot: "role", role: "admin" });
  const second = await s.confirmed(named);
  expect(await s.approve(b, second.id)).toBe("forbidden");
  expect(await s.approve(stranger, second.id)).toBe("not_found");
  expect(await s.approve(operator, second.id)).toBe("processing");
});

test("the strictest of the rules that apply counts; a destination is new until something was paid to it", async () => {
  const own = await s.makeDesk();
  await s.addRule(own, { newDestination: true, needed: 3 });
  await s.addRule(own, { amountFrom: "5" });
  const first = await s.confirmed(own, { destination: "Новый", amount: 600n });
  expect(await s.approval("adminKey", first.id)).toMatchObject({ needed: 3 });
  for (const each of people()) await s.approve(each, first.id);
  await s.paid(first.id);
  const big = await s.confirmed(own, { destination: "Новый", amount: 600n });
  expect(await s.approval("adminKey", big.id)).toMatchObject({ status: "pending", needed: 1 });
  expect((await s.confirmed(own, { destination: "Новый", amount: 499n })).status).toBe("processing");
});

test("a rule that is changed or removed changes nothing for what already waits", async () => {
  const [a, b] = people();
  const own = await s.makeDesk();
  const rule = await s.addRule(own, { needed: 2 });
  const { id } = await s.confirmed(own);
  const path = `/v1/payout-desks/${s.dsk(own)}/approval-rules/${rule.id}`;
  expect((await s.call("adminKey", "PUT", path, { needed: 1, role: "admin", version: 7 })).json.code).toBe(
    "version_conflict",
  );
  expect(
    (await s.call("adminKey", "PUT", path, { needed: 1, role: "admin", version: 1 })).json,
  ).toMatchObject({ version: 2 });
  expect((await s.call("adminKey", "DELETE", path)).status).toBe(204);
  expect((await s.fresh(own)).has_rules).toBe(false);
  expect(await s.approve(a, id)).toBe("approving");
  expect(await s.approve(b, id)).toBe("processing");
  expect((await s.confirmed(own)).status).toBe("processing");
});

describe("at the same moment", () => {
  test("two approve where one is needed: one counts, it goes once", async () => {
    const [a, b] = people();
    const own = await deskOfOne();
    for (let round = 0; round < 5; round++) {
      const { id } = await s.confirmed(own);
      const answers = await Promise.all([s.approve(a, id), s.approve(b, id)]);
      expect(answers.sort()).toEqual(["payout_not_created", "processing"]);
      expect(await s.jobs(id)).toBe(1);
      expect((await s.events(id)).filter((type) => type === "payout.processing")).toHaveLength(1);
    }
  });

  test("ten clicks of one person are one approval", async () => {
    const [a] = people();
    const { id } = await s.confirmed(desk);
    const answers = await Promise.all(Array.from({ length: 10 }, () => s.approve(a, id)));
    expect(answers.filter((answer) => answer === "approving")).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set(["approving", "already_answered"]));
    expect((await s.approval(a, id)).approvals).toHaveLength(1);
  });

  test("approve, refuse, cancel and the end of its time: exactly one wins, the ledger agrees, it is paid only if approved", async () => {
    const [a, b] = people();
    const own = await deskOfOne({ hours: 1 });
    const winners = new Set<string>();
    for (let round = 0; round < 8; round++) {
      const { id } = await s.confirmed(own);
      if (round % 2 === 1) {
        s.t.clock.advance(3_600_500);
        s.startWork();
      }
      const answers = await Promise.all([
        s.approve(a, id),
        s.refuse(b, id),
        s.cancel(id).then(
          ({ status }) => status,
          () => "refused",
        ),
      ]);
      const { status, message } = await s.row(id);
      const ended = answers.filter((answer) => answer === "processing" || answer === "cancelled");
      expect(ended.length).toBeLessThanOrEqual(1);
      if (round % 2 === 0) expect(ended).toHaveLength(1);
      await expect.poll(async () => (await s.row(id)).status).not.toBe("approving");
      if (answers[0] === "processing") expect(["processing", "paid"]).toContain((await s.row(id)).status);
      else expect((await s.row(id)).status).toBe("cancelled");
      winners.add(`${status} ${message}`);
      await s.stopWork();
      await s.expectWhole();
    }
    expect(winners.size).toBeGreaterThan(0);
  });
});

test("the words of the core's confirmations do not reach around it: nobody answers or takes back its demands there", async () => {
  const [a, b] = people();
  const { id } = await s.confirmed(desk);
  const { data } = await s.t.client.confirmations.list({ params: { id: toPublicId("ticket", id) } });
  const approval = data.find(({ method }) => method === "approval");
  const path = `/v1/confirmations/${approval?.id}`;
  for (const by of [a, b, "adminKey"] as const) {
    expect((await s.call(by, "POST", `${path}/answer`, { answer: "confirm" })).json.code).toBe("forbidden");
    expect((await s.call(by, "POST", `${path}/revoke`, {})).json.code).toBe("forbidden");
  }
  expect((await s.row(id)).status).toBe("approving");
  const created = await s.create(desk);
  const before = await s.t.client.confirmations.list({ params: { id: toPublicId("ticket", created.id) } });
  const api = `/v1/confirmations/${before.data[0]?.id}`;
  expect((await s.call("adminKey", "POST", `${api}/answer`, { answer: "confirm" })).json.code).toBe(
    "forbidden",
  );
  expect((await s.row(created.id)).status).toBe("created");
});

describe("suspicious", () => {
  test("many payouts to one destination in a day, and an amount far above the usual, wait for a person, with the reason", async () => {
    const [a] = people();
    const live = await s.makeDesk("live");
    await s.guard(live, { watch: { sameDestination: 2, unusualTimes: 10 } });
    for (let n = 0; n < 2; n++)
      expect((await s.confirmed(live, { destination: "Часто" })).status).toBe("processing");
    const third = await s.confirmed(live, { destination: "Часто" });
    expect([third.status, third.attention]).toEqual(["approving", "same_destination"]);
    expect(await s.approval(a, third.id)).toMatchObject({
      why: ["same_destination"],
      role: "supervisor",
      needed: 1,
    });
    expect(await s.approve(a, third.id)).toBe("processing");
    for (let n = 0; n < 5; n++) await s.paid((await s.confirmed(live, { destination: `Разный ${n}` })).id);
    const usual = await s.confirmed(live, { amount: 1_000n, destination: "Обычный" });
    expect(usual.status).toBe("processing");
    const far = await s.confirmed(live, { amount: 1_001n, destination: "Далёкий" });
    expect([far.status, far.attention]).toEqual(["approving", "unusual_amount"]);
    s.t.clock.advance(86_400_000);
    expect((await s.confirmed(live, { destination: "Часто" })).status).toBe("processing");
  });
});
