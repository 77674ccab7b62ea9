import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type CompatStage,
  type Fields,
  lexeme,
  type Merchant,
  startCompatStage,
  type Version,
} from "./fixtures/compat-stage.ts";

// Invoices, as far as they fund a sandbox. That they pay themselves is shown with the call-backs.

let s: CompatStage;
let shop: Merchant;
beforeAll(async () => {
  s = await startCompatStage();
  shop = await s.merchant();
  await s.rate("USDT", "77.5");
});
afterAll(() => s.close());

const ask = async (version: Version, method: string, fields: Fields = {}, by = shop) =>
  (await s.call(by, version, method, fields)).json;

describe("invoices, which fund a sandbox", () => {
  const create = (fields: Fields, version: Version = "v2", by = shop) =>
    ask(version, "invoice/create", { amount: 100, type: "purchase", lifetime: 15, ...fields }, by);

  test("whole: keys in their order, converted to the method's currency, with what the desk adds for it", async () => {
    const own = await s.merchant();
    await ask("v3", "method/edit", { method: "ETHEREUM", extra_commission_percent: "10" }, own);
    await s.rate("ETH", "100000");
    const made = await create(
      { amount: 1000, required_method: "ETHEREUM", description: "Пополнение" },
      "v2",
      own,
    );
    const { text, json } = await s.call(own, "v2", "invoice/info", { id: made.id });
    expect(json.url).toMatch(new RegExp(`^${s.t.url}/compat/crystalpay/pay/\\?i=${made.id}$`, "u"));
    expect(text).toContain(
      '"state":"notpayed","type":"purchase","method":null,"required_method":"ETHEREUM","currency":"ETH","service_commission":0,' +
        '"extra_commission":0.001,"amount":1000,"pay_amount":0.011,"remaining_amount":0.011,"balance_amount":0.01,' +
        '"description":"Пополнение","redirect_url":"","callback_url":"","extra":""',
    );
    const three = await ask("v3", "invoice/info", { id: made.id }, own);
    expect(Object.keys(three)).toEqual([
      "error",
      "errors",
      "id",
      "url",
      "state",
      "type",
      "method",
      "required_method",
      "rub_amount",
      "amount_currency",
      "initial_amount",
      "remaining_amount",
      "balance_amount",
      "commission_amount",
      "description",
      "redirect_url",
      "callback_url",
      "extra",
      "created_at",
      "expired_at",
      "final_at",
    ]);
    const page = await fetch(String(json.url));
    expect([page.status, page.headers.get("content-security-policy")]).toEqual([
      200,
      "default-src 'none'; frame-ancestors 'none'",
    ]);
    expect((await ask("v2", "invoice/info", { id: made.id })).errors).toEqual(["`id` is unknown"]);
  });

  test.each([
    [
      "a lifetime of 0 (7.3 edge 8)",
      { lifetime: 0 },
      "`lifetime` field must be a whole number from 1 to 4320",
    ],
    ["a lifetime of 4321", { lifetime: 4321 }, "`lifetime` field must be a whole number from 1 to 4320"],
    ["an unknown currency (7.3 edge 9)", { amount_currency: "XXX" }, "`amount_currency` has no rate"],
    [
      "a script to go on to (7.3 edge 10)",
      { redirect_url: "javascript:alert(1)" },
      "`redirect_url` must begin with https:// or http://",
    ],
    ["a method it has not", { required_method: "SBP" }, "`required_method` is unknown or disabled"],
    ["a third type", { type: "gift" }, "`type` field must be `purchase` or `topup`"],
    [
      "nothing",
      { amount: 0 },
      "`amount` field must be a number above zero with the decimals of its currency",
    ],
    [
      "half a kopeck",
      { amount: lexeme("0.005") },
      "`amount` field must be a number above zero with the decimals of its currency",
    ],
    ["more than anybody has", { amount: lexeme("1e13") }, "`amount` is above the maximum of 1000000000000"],
  ])("refused: %s", async (_, fields, text) => {
    expect((await create(fields)).errors).toEqual([text]);
  });

  test("a lifetime of 4320, or `15` as a shop's form sends it, is taken; another currency is converted to roubles", async () => {
    expect((await create({ lifetime: 4320 })).error).toBe(false);
    expect((await create({ lifetime: "15" })).error).toBe(false);
    expect(await create({ amount: lexeme("2"), amount_currency: "USDT" })).toMatchObject({ amount: 155 });
  });
});
