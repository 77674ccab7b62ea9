import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Desk } from "../../../../../kinds/payout/server/core/desks.ts";
import { openBrowser, testPassword } from "../../testing/index.ts";
import { codeOfApp, enrolApp } from "../../testing/one-time-codes.ts";
import { type ApprovalStage, startApprovalStage } from "./fixtures/approval-stage.ts";

let s: ApprovalStage;
let desk: Desk;
beforeAll(async () => {
  s = await startApprovalStage();
  desk = await s.makeDesk();
  await s.addRule(desk);
  await s.guard(desk, { stepUp: true });
});
afterAll(() => s.close());
afterEach(() => s.expectWhole());

const wait = (seconds: number) => s.t.clock.advance(seconds * 1000);
async function approver() {
  const person = await s.person();
  const { secret } = await enrolApp(person, s.t.clock);
  // The code that set it up no longer counts.
  wait(301);
  return { person, code: (ahead = 0) => codeOfApp(secret, s.t.clock, ahead) };
}

test("an approval asks for a code, and tells whether there is an app to ask; a refusal asks for none", async () => {
  const [plain, { person, code }] = [await s.person(), await approver()];
  const { id } = await s.confirmed(desk);
  expect(await s.approval(person, id)).toMatchObject({ stepUp: true, mayDecide: true });
  for (const [by, enrolled] of [
    [plain, false],
    [person, true],
  ] as const) {
    const { status, json } = await s.call(by, "POST", `/v1/payouts/${s.pay(id)}/approve`, {});
    expect([status, json.code, json.details]).toEqual([403, "step_up_required", { enrolled }]);
  }
  // A code of nobody's app is asked for as well, not judged.
  expect(await s.approve(plain, id, "123456")).toBe("step_up_required");
  expect((await s.row(id)).status).toBe("approving");
  expect(await s.approve(person, id, code())).toBe("processing");
  const other = await s.confirmed(desk);
  expect(await s.refuse(plain, other.id)).toBe("cancelled");
});

test("one code lets its session approve for five minutes; no code is good twice, there or in another session", async () => {
  const { person, code } = await approver();
  const [first, second, third] = [await s.confirmed(desk), await s.confirmed(desk), await s.confirmed(desk)];
  const used = code();
  expect(await s.approve(person, first.id, used)).toBe("processing");
  expect(await s.approve(person, second.id)).toBe("processing");
  const stolen = openBrowser(s.t);
  await stolen.client.session.signIn({ body: { email: person.email, password: testPassword } });
  expect(await s.approve(stolen, third.id)).toBe("step_up_required");
  expect(await s.approve(stolen, third.id, used)).toBe("wrong_code");
  wait(301);
  expect(await s.approve(person, third.id)).toBe("step_up_required");
  expect(await s.approve(person, third.id, used)).toBe("wrong_code");
  expect((await s.row(third.id)).status).toBe("approving");
  expect(await s.approve(person, third.id, code())).toBe("processing");
});

test("one code sent with ten approvals at the same moment lets one of them through by itself", async () => {
  const { person, code } = await approver();
  const payouts = await Promise.all(Array.from({ length: 10 }, () => s.confirmed(desk)));
  const sent = code();
  const answers = await Promise.all(payouts.map(({ id }) => s.approve(person, id, sent)));
  expect(answers.filter((answer) => answer === "processing")).toHaveLength(1);
  expect(answers.filter((answer) => answer === "wrong_code" || answer === "rate_limited")).toHaveLength(9);
});

test("wrong codes with approvals are counted, and then nothing is judged for a while", async () => {
  const { person, code } = await approver();
  const { id } = await s.confirmed(desk);
  for (let n = 0; n < 5; n++) expect(await s.approve(person, id, "000000")).toBe("wrong_code");
  expect(await s.approve(person, id, code())).toBe("rate_limited");
  wait(61);
  expect(await s.approve(person, id, code())).toBe("processing");
});

test("who may not approve is told so before a code is asked for, and loses none", async () => {
  const { person, code } = await approver();
  const own = await s.create(desk, { by: s.memberActor(person) });
  await s.confirm(own.id);
  const mine = code();
  expect(await s.approve(person, own.id, mine)).toBe("own_payout");
  const { id } = await s.confirmed(desk);
  expect(await s.approve(person, id, mine)).toBe("processing");
});

test("what was asked for with a code goes on needing one when the desk no longer asks", async () => {
  const strict = await s.makeDesk();
  await s.addRule(strict);
  await s.guard(strict, { stepUp: true });
  const { id } = await s.confirmed(strict);
  await s.guard(strict, { stepUp: false });
  expect(await s.approve(await s.person(), id)).toBe("step_up_required");
});
