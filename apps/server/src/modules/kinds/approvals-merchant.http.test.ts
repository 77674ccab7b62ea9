import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { verifyWebhook } from "@okno/signing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { askMerchant } from "../../../../../kinds/payout/server/approvals/ask-merchant.ts";
import type { Desk } from "../../../../../kinds/payout/server/core/desks.ts";
import { type ApprovalStage, startApprovalStage } from "./fixtures/approval-stage.ts";

// Before a payout is handed to its processor the merchant is asked: only a clear yes pays.

type Asked = { headers: IncomingMessage["headers"]; body: string };
let s: ApprovalStage;
let merchant: Server;
let url: string;
let asked: Asked[] = [];
let say: { status: number; body: string; hang?: boolean };

beforeAll(async () => {
  s = await startApprovalStage();
  merchant = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on("data", (part: Buffer) => parts.push(part));
    req.on("end", () => {
      asked.push({ headers: req.headers, body: Buffer.concat(parts).toString() });
      if (!say.hang) res.writeHead(say.status, { "content-type": "application/json" }).end(say.body);
    });
  });
  await new Promise<void>((listening) => merchant.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(merchant.address() as AddressInfo).port}/ask`;
});
afterAll(async () => {
  merchant.closeAllConnections();
  merchant.close();
  await s.close();
});
beforeEach(() => {
  asked = [];
  say = { status: 200, body: JSON.stringify({ answer: "confirm" }) };
});
afterEach(async () => {
  await s.stopWork();
  await s.expectWhole();
});

async function askingDesk(): Promise<{ desk: Desk; secret: string }> {
  const desk = await s.makeDesk();
  const path = `/v1/payout-desks/${s.dsk(desk)}`;
  const early = await s.call("adminKey", "PATCH", `${path}/guards`, { askBeforeUrl: url });
  expect(early.json).toMatchObject({ code: "invalid_request", errors: [{ pointer: "/askBeforeUrl" }] });
  const { json } = await s.call("adminKey", "POST", `${path}/ask-secret`);
  expect(await s.guard(desk, { askBeforeUrl: url })).toMatchObject({ askBeforeUrl: url, askSecretSet: true });
  return { desk, secret: (json as { secret: string }).secret };
}
const state = async (id: string) => {
  const { status, attention, message } = await s.row(id);
  return { status, attention, message };
};

test("a yes pays; the question is signed, names the payout and shows no full destination", async () => {
  const { desk, secret } = await askingDesk();
  const { id } = await s.confirmed(desk, { destination: "Иван Петров" });
  s.startWork();
  await expect.poll(() => state(id)).toMatchObject({ status: "paid" });
  expect(asked).toHaveLength(1);
  const [{ headers, body } = { headers: {}, body: "" }] = asked;
  expect(verifyWebhook([secret], { headers, body }, { now: s.t.clock.now() })).toEqual({ ok: true });
  expect(headers["webhook-id"]).toBe(`ask_${s.pay(id)}`);
  expect(JSON.parse(body)).toMatchObject({
    type: "payout.ask",
    data: { payout: s.pay(id), amount: "1", destination: "…" },
  });
  expect(body).not.toContain("Петров");
  expect(await s.events(id)).toContain("payout.merchant_answered");
  expect((await s.approval("adminKey", id)).merchant).toMatchObject({ answer: "confirm", httpStatus: 200 });
});

test("a no fails it, and its funds come back", async () => {
  const { desk } = await askingDesk();
  const before = await s.balances(desk);
  say.body = JSON.stringify({ answer: "decline" });
  const { id } = await s.confirmed(desk);
  s.startWork();
  await expect
    .poll(() => state(id))
    .toEqual({ status: "failed", attention: "failed", message: "Declined by the merchant" });
  expect(await s.balances(desk)).toEqual(before);
});

test.each([
  ["another word", { status: 200, body: '{"answer":"yes"}' }],
  ["no JSON", { status: 200, body: "confirm" }],
  ["a list", { status: 200, body: '["confirm"]' }],
  ["null", { status: 200, body: "null" }],
  ["an error that says confirm", { status: 500, body: '{"answer":"confirm"}' }],
  ["a redirect", { status: 302, body: '{"answer":"confirm"}' }],
])("%s is no yes: it is held, and comes before a person", async (_, answer) => {
  const { desk } = await askingDesk();
  say = answer;
  const { id } = await s.confirmed(desk);
  s.startWork();
  await expect.poll(() => state(id)).toMatchObject({ status: "processing", attention: "merchant_unclear" });
  expect(await s.ticket(id)).toMatchObject({ state: "checking", phase: "open" });
  expect((await s.row(id)).sent_at).toBeNull();
});

test("silence holds it; a person pays it all the same, or lets it fail, and says so once", async () => {
  const { desk } = await askingDesk();
  const [anna, boris, operator] = [await s.person(), await s.person(), await s.person("operator")];
  say.hang = true;
  const [paid, failed] = [await s.confirmed(desk), await s.confirmed(desk)];
  s.startWork();
  for (const { id } of [paid, failed])
    await expect.poll(() => state(id), { timeout: 15_000 }).toMatchObject({ attention: "merchant_silent" });
  expect(await s.approval(anna, paid.id)).toMatchObject({
    status: "held",
    why: ["merchant_silent"],
    mayDecide: true,
  });
  expect(await s.approve(operator, paid.id)).toBe("forbidden");
  expect(await s.approve("adminKey", paid.id)).toBe("forbidden");
  const both = await Promise.all([s.approve(anna, paid.id), s.refuse(boris, paid.id)]);
  expect(both.filter((answer) => answer === "payout_not_created")).toHaveLength(1);
  if (both[0] === "payout_not_created") expect((await s.row(paid.id)).status).toBe("failed");
  else await expect.poll(() => state(paid.id)).toMatchObject({ status: "paid", attention: null });
  expect(await s.refuse(boris, failed.id, "Мерчант не отвечает")).toBe("failed");
  expect(await s.approval(anna, failed.id)).toMatchObject({ reason: "Мерчант не отвечает" });
  // Nobody was asked again.
  expect(asked).toHaveLength(2);
}, 30_000);

test("after a crash between the question and its answer it is not asked again, nor paid: a person decides", async () => {
  const { desk } = await askingDesk();
  const payout = await s.confirmed(desk);
  await s.db.query(
    {
      name: "",
      text: "insert into payout_asks (workspace_id, payout_id, asked_at, body_digest) values ($1, $2, $3, '\\x00')",
    },
    [s.t.workspaceId, payout.id, s.t.clock.now()],
  );
  expect(await askMerchant(s.deps, payout)).toMatchObject({ state: "accepted" });
  s.t.clock.advance(16_000);
  s.startWork();
  await expect
    .poll(() => state(payout.id))
    .toMatchObject({ status: "processing", attention: "merchant_silent" });
  expect(asked).toEqual([]);
});

test("two workers at once ask once, and the word that was kept is the word that counts", async () => {
  const { desk } = await askingDesk();
  const payout = await s.confirmed(desk);
  const words = await Promise.all([
    askMerchant(s.deps, payout),
    askMerchant(s.deps, payout),
    askMerchant(s.deps, payout),
  ]);
  expect(asked).toHaveLength(1);
  expect(words.filter((word) => word === undefined).length).toBeGreaterThan(0);
  say.body = JSON.stringify({ answer: "decline" });
  expect(await askMerchant(s.deps, payout)).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test("addresses inside are refused when they are entered", async () => {
  const { desk } = await askingDesk();
  for (const inside of [
    "http://169.254.169.254/",
    "http://10.0.0.1/x",
    "ftp://shop.example/",
    "javascript:alert(1)",
    "не адрес",
  ]) {
    const { json } = await s.call("adminKey", "PATCH", `/v1/payout-desks/${s.dsk(desk)}/guards`, {
      askBeforeUrl: inside,
    });
    expect(json).toMatchObject({ code: "invalid_request", errors: [{ pointer: "/askBeforeUrl" }] });
  }
});
