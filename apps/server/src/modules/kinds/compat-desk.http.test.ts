import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compatRoutes } from "../../../../../kinds/payout/contract-compat.ts";
import {
  type CompatStage,
  type Fields,
  lexeme,
  type Merchant,
  sha1,
  startCompatStage,
  type Version,
  wallets,
} from "./fixtures/compat-stage.ts";

// What a desk reads of itself, in both versions.

let s: CompatStage;
let shop: Merchant;
let ids: string[] = [];
beforeAll(async () => {
  s = await startCompatStage();
  shop = await s.merchant();
  await s.fund(shop, "TEST", "1000.5");
  await s.rate("ETH", "96500");
  await s.rate("USDT", "77.5");
  await s.rate("BTC", "5000000");
  ids = [];
  for (let n = 0; n < 5; n++)
    ids.unshift(String((await s.create(shop, "v2", { amount: n + 1, extra: `n${n}` })).id));
});
afterAll(async () => {
  await s.ledgerIsWhole();
  await s.close();
});

const ask = async (version: Version, method: string, fields: Fields = {}, by = shop) =>
  (await s.call(by, version, method, fields)).json;

describe("[PO-03] one envelope and the documented form for every method", () => {
  const invoice = { amount: 10, type: "purchase", lifetime: 60 };
  // One good call of each method that wants more than credentials.
  const good: Record<string, () => Fields> = {
    "method/edit": () => ({ method: "TEST", extra_commission_percent: 0, enabled: true }),
    "method/get": () => ({ method: "TEST" }),
    "balance/get": () => ({ method: "TEST" }),
    "payoff/create": () => s.creation(shop, { amount: 1 }),
    "payoff/submit": () => signed,
    "payoff/cancel": () => signed,
    "payoff/info": () => ({ id: ids[2] }),
    "history/payoffs": () => ({ page: 1, items: 10 }),
    "history/payments": () => ({ page: 1, items: 10 }),
    "ticker/get": () => ({ tickers: ["BTC", "USDT"] }),
    "invoice/create": () => invoice,
    "invoice/info": () => ({ id: invoiceId }),
    "report/payoff/history": () => ({ page: 1, items: 10, period: 1 }),
    "report/invoice/history": () => ({ page: 1, items: 10 }),
    "callback/payoff/list": () => ({ id: ids[0] }),
  };
  let invoiceId = "";
  let signed: Fields = {};
  beforeAll(async () => {
    invoiceId = String((await ask("v2", "invoice/create", invoice)).id);
  });

  const all = (["v2", "v3"] as const).flatMap((version) =>
    Object.entries(version === "v2" ? compatRoutes.compatV2 : compatRoutes.compatV3).map(([name, route]) => ({
      version,
      name,
      route,
    })),
  );
  test.each(all)("[PO-03] $version/$name", async ({ version, name, route }) => {
    const { id } = await s.create(shop, version, { amount: 1 });
    signed = { id, signature: sha1(String(id), shop.salt) };
    const offered = !/^(?:swap|transfer)\//u.test(name);
    const answer = await s.call(shop, version, name, good[name]?.() ?? {});
    expect(answer.status).toBe(200);
    expect(answer.type).toBe("application/json; charset=utf-8");
    expect(Object.keys(answer.json).slice(0, 2)).toEqual(["error", "errors"]);
    expect(answer.json.errors).toHaveLength(offered ? 0 : 1);
    expect(answer.json.error).toBe(!offered);
    expect(route.success.schema?.parse(answer.json)).toEqual(answer.json);
    const refused = await s.post(`${version}/${name}/`, "{}");
    expect(refused.json).toEqual({ error: true, errors: ["`auth_login` field is required"] });
    expect(route.success.schema?.parse(refused.json)).toEqual(refused.json);
  });
});

describe("the desk, its methods, its funds", () => {
  test("me/info", async () => {
    const mine = await ask("v2", "me/info");
    expect(mine).toEqual({
      error: false,
      errors: [],
      id: Number(shop.desk.number),
      name: "Касса",
      status_level: 1,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/u),
    });
    expect(await ask("v3", "me/info")).toEqual(mine);
  });

  test("balances: by method, empty ones on demand left out, which one client asks for by a text; none at all is a list in version 3", async () => {
    const none = await s.merchant();
    expect(Object.keys((await ask("v2", "balance/info", {}, none)).balances as object)).toEqual([
      "BITCOIN",
      "CARDRUB",
      "ETHEREUM",
      "TEST",
    ]);
    for (const hide_empty of [true, "true"]) {
      expect((await ask("v2", "balance/info", { hide_empty }, none)).balances).toEqual({});
      expect((await ask("v3", "balance/list", { hide_empty }, none)).items).toEqual([]);
    }
    await s.fund(none, "ETHEREUM", "0.000000000000000001");
    const { text } = await s.call(none, "v2", "balance/info", { hide_empty: true });
    expect(text).toContain('{"ETHEREUM":{"amount":0.000000000000000001,"currency":"ETH"}}');
    expect(await ask("v3", "balance/get", { method: "ETHEREUM" }, none)).toMatchObject({
      method: "ETHEREUM",
      name: "Ethereum",
      amount: "0.000000000000000001",
      currency: "ETH",
      amount_accuracy: 18,
    });
    expect((await ask("v3", "balance/get", { method: "SBP" }, none)).errors).toEqual(["`method` is unknown"]);
  });

  test("methods: version 2 flat with numbers, version 3 nested with texts", async () => {
    const { methods } = await ask("v2", "method/list");
    expect((methods as Record<string, unknown>).BITCOIN).toEqual({
      name: "Bitcoin",
      enabled: true,
      extra_commission_percent: 0,
      minimal_status_level: 0,
      currency: "BTC",
      commission_percent: 1,
      commission: 0,
    });
    const { error: _, errors: __, ...bitcoin } = await ask("v3", "method/get", { method: "BITCOIN" });
    const nothing = { amount: "0", percent: "0" };
    expect(bitcoin).toEqual({
      method: "BITCOIN",
      name: "Bitcoin",
      currency: "BTC",
      amount_accuracy: 8,
      minimal_status_level: 0,
      settings: {
        in: { enabled: true, extra_commissions: nothing },
        out: { enabled: true, extra_commissions: nothing },
      },
      in: { enabled: true, limits: { min: "0", max: "0" }, commissions: nothing, fee: null },
      out: {
        enabled: true,
        limits: { min: "0.00005", max: "0.5" },
        commissions: { amount: "0", percent: "1" },
        fee: null,
      },
    });
    expect(
      ((await ask("v3", "method/list", { compact: true })).items as Record<string, unknown>).BITCOIN,
    ).toEqual(bitcoin);
  });

  test("method/edit: what is turned off pays nothing until it is on again; the desk's history has it", async () => {
    const own = await s.merchant();
    await s.fund(own, "TEST", "100");
    const edit = (fields: Fields, version: Version = "v2") =>
      ask(version, "method/edit", { method: "TEST", ...fields }, own);
    expect(await edit({ extra_commission_percent: lexeme("2.50"), enabled: false })).toEqual({
      error: false,
      errors: [],
    });
    const refused = await s.call(own, "v2", "payoff/create", s.creation(own, { amount: 1 }));
    expect(refused.json.errors).toEqual(["`method` is disabled"]);
    expect((await ask("v3", "method/get", { method: "TEST" }, own)).settings).toMatchObject({
      in: { enabled: false, extra_commissions: { percent: "2.5" } },
    });
    expect((await edit({ enabled: "true", extra_commission_percent: 0 })).errors).toEqual([
      "`enabled` field must be true or false",
    ]);
    expect((await edit({ enabled: true })).errors).toEqual(["`extra_commission_percent` field is required"]);
    expect((await edit({}, "v3")).errors).toEqual([
      "`enabled` or `extra_commission_percent` field is required",
    ]);
    expect((await edit({ enabled: true, extra_commission_percent: 101 })).error).toBe(true);
    expect((await edit({ method: "SBP", enabled: true }, "v3")).errors).toEqual(["`method` is unknown"]);
    expect(await edit({ enabled: true }, "v3")).toEqual({ error: false, errors: [] });
    await s.create(own, "v2", { amount: 1 });
    const told = await s.query(
      "select data from workspace_events where workspace_id = $1 and type = 'payout_desk.changed'",
      [s.t.workspaceId],
    );
    expect(told.length).toBeGreaterThanOrEqual(2);
  });
});

describe("rates", () => {
  test("what has a rate, and what it is, in roubles or crossed without rounding on the way", async () => {
    expect((await ask("v2", "ticker/list")).tickers).toEqual(["BTC", "ETH", "USDT"]);
    expect(await ask("v2", "ticker/get", { tickers: ["USDT", "ETH", "USDT"] })).toEqual({
      error: false,
      errors: [],
      base_currency: "RUB",
      currencies: { USDT: { price: 77.5 }, ETH: { price: 96_500 } },
    });
    expect(await ask("v3", "ticker/get", { tickers: ["BTC", "RUB"], base_currency: "ETH" })).toMatchObject({
      base_currency: "ETH",
      currencies: { BTC: { price: "51.813471502590673575" }, RUB: { price: "0.000010362694300518" } },
    });
    expect((await ask("v3", "ticker/get", { tickers: [] })).currencies).toEqual([]);
    for (const tickers of [["XXX"], ["btc"], ["'; --"]])
      expect((await ask("v2", "ticker/get", { tickers })).errors).toEqual([
        "`tickers` field names a currency that has no rate",
      ]);
    expect((await ask("v2", "ticker/get", { tickers: "BTC" })).errors).toEqual([
      "`tickers` field must be a list of at most 50 strings",
    ]);
    expect((await ask("v2", "ticker/get")).errors).toEqual(["`tickers` field is required"]);
  });
});

describe("histories and reports", () => {
  const idsOf = (list: unknown) => (list as { id: string }[]).map(({ id }) => id);

  test("pages of payoffs, newest first, of this desk alone, without gaps and repetitions", async () => {
    const own = await s.merchant();
    await s.fund(own, "TEST", "100");
    const made: string[] = [];
    for (let n = 0; n < 5; n++) made.unshift(String((await s.create(own, "v2", { amount: n + 1 })).id));
    const pages = [];
    for (const page of [1, 2, 3, 4])
      pages.push(idsOf((await ask("v2", "history/payoffs", { page, items: 2 }, own)).payoffs));
    expect(pages).toEqual([made.slice(0, 2), made.slice(2, 4), made.slice(4), []]);
    const three = await ask("v3", "report/payoff/history", { page: 3, items: "2" }, own);
    expect([idsOf(three.items), three.has_next_page]).toEqual([made.slice(4), false]);
    expect((await ask("v3", "report/payoff/history", { page: 2, items: 2 }, own)).has_next_page).toBe(true);
    expect(((await ask("v2", "history/payoffs", { page: 1, items: 1 }, own)).payoffs as object[])[0]).toEqual(
      {
        id: made[0],
        state: "created",
        method: "TEST",
        currency: "RUB",
        amount: 5,
        created_at: expect.any(String),
      },
    );
    for (const [fields, text] of [
      [{ items: 1 }, "`page` field is required"],
      [{ page: 0, items: 1 }, "`page` field must be a whole number from 1 to 10000"],
      [{ page: 1, items: 101 }, "`items` field must be a whole number from 1 to 100"],
      [{ page: 1, items: lexeme("1.5") }, "`items` field must be a whole number from 1 to 100"],
      [{ page: true, items: 1 }, "`page` field must be a whole number from 1 to 10000"],
    ] as const)
      expect((await ask("v2", "history/payoffs", fields, own)).errors).toEqual([text]);
  });

  test("summaries count and sum what was paid, in roubles at the rate of its moment", async () => {
    const own = await s.merchant();
    await s.fund(own, "TEST", "1000");
    await s.fund(own, "ETHEREUM", "10");
    const paid = await s.create(own, "v2", {
      method: "ETHEREUM",
      wallet: wallets.ETHEREUM,
      amount: lexeme("0.1"),
    });
    await s.create(own, "v2", { amount: 5 });
    await s.create(own, "v2", { amount: 5 });
    const worker = s.work();
    await s.submit(own, "v2", paid.id);
    await expect
      .poll(async () => (await s.info(own, "v2", paid.id)).state, { timeout: 10_000 })
      .toBe("payed");
    await worker.stop();
    await s.rate("ETH", "1");
    expect((await ask("v2", "history/summary", {}, own)).outgoing).toEqual({
      payed_amount: 9650,
      total_count: 3,
      payed_count: 1,
    });
    expect(await ask("v3", "report/payoff/summary", { period: 7 }, own)).toEqual({
      error: false,
      errors: [],
      payed_rub_amount: "9650",
      payed_count: 1,
      total_count: 3,
      conversion_percent: "33.33",
    });
    expect(await ask("v3", "report/invoice/summary", {}, own)).toMatchObject({
      total_count: 0,
      conversion_percent: "0",
    });
    expect((await ask("v3", "report/payoff/summary", { export_pdf: true }, own)).errors).toEqual([
      "`export_pdf` is not offered",
    ]);
  });

  test("a report as a table, which no spreadsheet runs", async () => {
    const own = await s.merchant();
    await s.fund(own, "TEST", "100");
    await s.create(own, "v3", { extra: '=1+1, "a"' });
    const answer = await s.call(own, "v3", "report/payoff/history", { page: 1, items: 10, export_csv: true });
    expect(answer.type).toBe("text/csv; charset=utf-8");
    const [head, line] = answer.text.split("\r\n");
    expect(head).toBe(
      "id,state,subtract_from,method,amount_currency,amount,rub_amount,receive_amount,deduction_amount,commission_amount,wallet,message,callback_url,extra,created_at,final_at",
    );
    expect(line).toContain(`,examplewallet,,,"'=1+1, ""a""",`);
  });
});
