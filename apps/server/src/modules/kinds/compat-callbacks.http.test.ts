import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Worker } from "../../platform/jobs.ts";
import { type Deliveries, startDeliveries } from "../webhooks/index.ts";
import {
  type CompatStage,
  type Fields,
  lexeme,
  type Merchant,
  sha1,
  startCompatStage,
  wallets,
} from "./fixtures/compat-stage.ts";

// What a merchant's own address hears: each change once, signed the founding way, in the words of the version.

let s: CompatStage;
let shop: Merchant;
let worker: Worker;
let deliveries: Deliveries;
let server: Server;
let url = "";
let status = 200;
const heard: { path: string; type: string | undefined; body: Record<string, unknown>; text: string }[] = [];

beforeAll(async () => {
  s = await startCompatStage();
  shop = await s.merchant();
  await s.fund(shop, "TEST", "100000");
  await s.fund(shop, "ETHEREUM", "10");
  await s.fund(shop, "CARDRUB", "100000");
  worker = s.work();
  deliveries = startDeliveries({ ...s.t.app.core, random: () => 0 });
  server = createServer((req, res) => {
    let text = "";
    req.on("data", (chunk) => {
      text += chunk;
    });
    req.on("end", () => {
      const { "content-type": type } = req.headers;
      heard.push({ path: req.url ?? "", type, text, body: JSON.parse(text) });
      res.writeHead(status).end("OK");
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await worker.stop();
  await deliveries.stop();
  server.closeAllConnections();
  server.close();
  await s.ledgerIsWhole();
  await s.close();
});

const of = (id: unknown) => heard.filter(({ body }) => body.id === id);
const statesOf = (id: unknown) => of(id).map(({ body }) => body.state);
const hears = (id: unknown, states: string[]) =>
  expect.poll(() => statesOf(id), { timeout: 10_000 }).toEqual(states);
const rows = async () =>
  (await s.query("select 1 from webhook_deliveries where workspace_id = $1", [s.t.workspaceId])).length;

const ethereum: Fields = {
  method: "ETHEREUM",
  wallet: wallets.ETHEREUM,
  amount: lexeme("0.002"),
  subtract_from: "amount",
};

test("[PO-10] [PO-13] version 2 is told processing, then payed: signed over id and salt, with its keys in their order", async () => {
  const { id } = await s.create(shop, "v2", { ...ethereum, callback_url: `${url}/v2`, extra: "order 7" });
  await s.submit(shop, "v2", id);
  await hears(id, ["processing", "payed"]);
  const [first, last] = of(id);
  expect(first?.path).toBe("/v2");
  expect(first?.type).toBe("application/json");
  expect(Object.keys(first?.body ?? {})).toEqual([
    "signature",
    "id",
    "state",
    "method",
    "currency",
    "commission",
    "amount",
    "rub_amount",
    "receive_amount",
    "deduction_amount",
    "subtract_from",
    "wallet",
    "message",
    "callback_url",
    "extra",
    "created_at",
  ]);
  expect(last?.body).toMatchObject({
    signature: sha1(String(id), shop.salt),
    state: "payed",
    commission: 0.0015,
    wallet: wallets.ETHEREUM,
    message: "Paid",
    extra: "order 7",
  });
  expect(last?.text).toContain('"amount":0.002,');
  expect(await s.info(shop, "v2", id)).toMatchObject({ state: "payed", message: "Paid" });
});

test("[PO-10] version 3 is told in texts and nulls; a failure says why, and its funds are free again", async () => {
  const balance = async () => (await s.call(shop, "v3", "balance/get", { method: "TEST" })).json.amount;
  const before = await balance();
  const { id } = await s.create(shop, "v3", { wallet: "somebody-fail", callback_url: `${url}/v3` });
  await s.submit(shop, "v3", id);
  await hears(id, ["processing", "failed"]);
  const last = of(id).at(-1)?.body ?? {};
  expect(Object.keys(last)).toEqual([
    "signature",
    "id",
    "state",
    "subtract_from",
    "method",
    "amount_currency",
    "amount",
    "rub_amount",
    "receive_amount",
    "deduction_amount",
    "commission_amount",
    "wallet",
    "message",
    "callback_url",
    "extra",
    "created_at",
    "final_at",
  ]);
  expect(last).toMatchObject({ amount: "100", extra: null, message: "Rejected by the sandbox" });
  expect(last.final_at).not.toBeNull();
  expect(await balance()).toBe(before);
});

test("[PO-10] without an address nothing is written; with one, creating tells nothing and cancelling tells `canceled`", async () => {
  const before = await rows();
  const silent = await s.create(shop, "v2");
  await s.cancel(shop, "v2", silent.id);
  expect(await rows()).toBe(before);
  const { id } = await s.create(shop, "v2", { callback_url: `${url}/c` });
  expect(await rows()).toBe(before);
  await s.cancel(shop, "v2", id);
  await s.cancel(shop, "v2", id);
  expect(await rows()).toBe(before + 1);
  await hears(id, ["canceled"]);
});

test("[PO-10] a receiver that fails is told again, the payoff stays what it is, and the list says how it went (7.2 edge 17)", async () => {
  status = 503;
  const { id } = await s.create(shop, "v3", { callback_url: `${url}/later` });
  await s.submit(shop, "v3", id);
  await expect.poll(async () => (await s.info(shop, "v3", id)).state, { timeout: 10_000 }).toBe("payed");
  const list = async () =>
    (await s.call(shop, "v3", "callback/payoff/list", { id })).json.items as Record<string, unknown>[];
  await expect.poll(async () => (await list())[0]?.attempts, { timeout: 10_000 }).toBe(1);
  expect(await list()).toMatchObject([
    { url: `${url}/later`, state: "waiting", attempts: 1, last_response: "503 => OK" },
    { state: "waiting", attempts: 0, last_response: null, last_at: null },
  ]);
  status = 200;
  s.t.clock.advance(60_000);
  await deliveries.settled();
  await hears(id, ["processing", "processing", "payed"]);
  const [first] = await list();
  expect(Object.keys(first ?? {})).toEqual([
    "url",
    "state",
    "attempts",
    "last_response",
    "created_at",
    "last_at",
  ]);
  expect(first).toMatchObject({ state: "success", attempts: 2, last_response: "200 => OK" });
  const stranger = await s.merchant();
  expect((await s.call(stranger, "v3", "callback/payoff/list", { id })).json.errors).toEqual([
    "`id` is unknown",
  ]);
});

test("a card's number never lies in a call-back that waits, while its merchant still reads it whole", async () => {
  const fields = { method: "CARDRUB", wallet: wallets.CARDRUB, amount: 1000, callback_url: `${url}/card` };
  const { id } = await s.create(shop, "v2", fields);
  await s.submit(shop, "v2", id);
  await hears(id, ["processing", "payed"]);
  expect(of(id)[0]?.body.wallet).toBe("220000…0004");
  const found = await s.query("select 1 from webhook_deliveries where workspace_id = $1 and body like $2", [
    s.t.workspaceId,
    `%${wallets.CARDRUB}%`,
  ]);
  expect(found).toEqual([]);
  expect((await s.info(shop, "v2", id)).wallet).toBe(wallets.CARDRUB);
  expect(s.t.logs.join("\n")).not.toContain(wallets.CARDRUB);
});

test("[PO-10] the desk's own address is told where a payoff names none", async () => {
  const general = await s.merchant();
  await s.fund(general, "TEST", "1000");
  await s.query("update payout_desks set default_callback_url = $3 where workspace_id = $1 and id = $2", [
    s.t.workspaceId,
    general.desk.id,
    `${url}/desk`,
  ]);
  const { id } = await s.create(general, "v2");
  await s.submit(general, "v2", id);
  await hears(id, ["processing", "payed"]);
  expect(of(id)[0]).toMatchObject({
    path: "/desk",
    body: { signature: sha1(String(id), general.salt), callback_url: "" },
  });
});

test("an invoice pays itself, funds the desk once and tells it; one that must stay unpaid fails when its time is over", async () => {
  const fresh = await s.merchant();
  const invoice = {
    amount: lexeme("250.50"),
    type: "topup",
    lifetime: 15,
    required_method: "TEST",
    callback_url: `${url}/i`,
  };
  const made = (await s.call(fresh, "v2", "invoice/create", { ...invoice, extra: "first" })).json;
  expect(made).toMatchObject({ error: false, amount: 250.5, type: "topup" });
  expect(made.id).toMatch(/^\d+_[A-Za-z]{20}$/u);
  await hears(made.id, ["payed"]);
  expect(of(made.id)[0]?.body.signature).toBe(sha1(String(made.id), fresh.salt));
  const info = (await s.call(fresh, "v2", "invoice/info", { id: made.id })).json;
  expect(info).toMatchObject({
    state: "payed",
    method: "TEST",
    amount: 250.5,
    remaining_amount: 0,
    extra: "first",
  });
  expect((await s.call(fresh, "v2", "balance/info", { hide_empty: true })).json.balances).toEqual({
    TEST: { amount: 250.5, currency: "RUB" },
  });
  const idle = (await s.call(fresh, "v3", "invoice/create", { ...invoice, extra: "stays unpaid" })).json;
  expect(idle).toMatchObject({ error: false, rub_amount: "250.5" });
  const notPaid = (await s.call(fresh, "v3", "invoice/info", { id: idle.id })).json;
  expect(notPaid).toMatchObject({
    state: "notpayed",
    method: null,
    remaining_amount: "250.5",
    final_at: null,
  });
  s.t.clock.advance(15 * 60_000 + 1000);
  worker.poke();
  await hears(idle.id, ["failed"]);
  expect((await s.call(fresh, "v3", "balance/get", { method: "TEST" })).json.amount).toBe("250.5");
});
