import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type CompatStage,
  lexeme,
  type Merchant,
  startCompatStage,
  wallets,
} from "./fixtures/compat-stage.ts";

// The life of a payoff as the founding interface's clients see it: names, types, spellings and the order of keys are the promise.

let s: CompatStage;
let shop: Merchant;
beforeAll(async () => {
  s = await startCompatStage();
  shop = await s.merchant();
  await s.fund(shop, "TEST", "100000");
  await s.fund(shop, "ETHEREUM", "1000");
  await s.fund(shop, "BITCOIN", "10");
});
afterAll(async () => {
  await s.ledgerIsWhole();
  await s.close();
});

const ethereum = (amount: string, subtract_from: string) => ({
  amount: lexeme(amount),
  method: "ETHEREUM",
  wallet: wallets.ETHEREUM,
  subtract_from,
});

describe("version 2", () => {
  test("[PO-03] [PO-05] [PO-06] [PO-08] the founding vector: 0.002 less 0.0015 is 0.0005, with the keys in their order and numbers as numbers", async () => {
    await s.rate("ETH", "96500");
    const answer = await s.call(shop, "v2", "payoff/create", s.creation(shop, ethereum("0.002", "amount")));
    expect(answer.status).toBe(200);
    expect(answer.type).toBe("application/json; charset=utf-8");
    const { id } = answer.json;
    expect(id).toMatch(new RegExp(`^${shop.desk.number}_[A-Za-z]{20}$`, "u"));
    expect(answer.text).toBe(
      `{"error":false,"errors":[],"id":"${id}","method":"ETHEREUM","commission":0.0015,"amount":0.002,"rub_amount":193,` +
        `"receive_amount":0.0005,"deduction_amount":0.002,"subtract_from":"amount","currency":"ETH"}`,
    );
  });

  test("[PO-01] [PO-02] [PO-04] [PO-09] [PO-11] submitted, it is processing and shown whole; every later submit and cancel is an error and changes nothing", async () => {
    const extra = 'order 7 «Ёлка» 🎄 {"a":[1]} <b>\u2028';
    const { id } = await s.create(shop, "v2", { ...ethereum("0.002", "amount"), extra });
    const { json, text } = await s.submit(shop, "v2", id);
    expect(json.errors).toEqual([]);
    expect(Object.keys(json)).toEqual([
      "error",
      "errors",
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
    expect(json).toMatchObject({
      state: "processing",
      wallet: wallets.ETHEREUM,
      message: "",
      callback_url: "",
      extra,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/u),
    });
    expect(text).toContain('"commission":0.0015,"amount":0.002,');
    const before = await s.row(id);
    for (const again of [s.submit(shop, "v2", id), s.cancel(shop, "v2", id), s.submit(shop, "v3", id)])
      expect((await again).json).toEqual({
        error: true,
        errors: ["The payoff is not in the state `created` but `processing`"],
      });
    expect(await s.row(id)).toEqual(before);
    expect(s.t.logs.join("\n")).not.toContain(wallets.ETHEREUM);
  });

  test("[PO-08] out of the balance: the receiver gets the amount, the commission comes on top", async () => {
    const made = await s.create(shop, "v2", ethereum("0.0005", "balance"));
    expect(made).toMatchObject({
      amount: 0.0005,
      commission: 0.0015,
      receive_amount: 0.0005,
      deduction_amount: 0.002,
      subtract_from: "balance",
    });
  });

  test("cancelled, it is `canceled`, says so, and its funds are back; a submit by the old signature is then an error (7.2 edge 3)", async () => {
    const balance = async () => (await s.call(shop, "v2", "balance/info")).json.balances;
    const before = await balance();
    const { id } = await s.create(shop, "v2", ethereum("0.5", "amount"));
    expect(await balance()).not.toEqual(before);
    const { json } = await s.cancel(shop, "v2", id);
    expect(json).toMatchObject({ error: false, id, state: "canceled", message: "Canceled" });
    expect(await balance()).toEqual(before);
    expect((await s.submit(shop, "v2", id)).json.errors).toEqual([
      "The payoff is not in the state `created` but `canceled`",
    ]);
    expect((await s.info(shop, "v2", id)).state).toBe("canceled");
  });

  test("[PO-01] in each state but `created` a submit is refused and the row unchanged; one that waits for an approval is shown as `created`", async () => {
    const { id } = await s.create(shop, "v2");
    const endings = { approving: null, processing: null, paid: "now()", failed: "now()", cancelled: "now()" };
    const shown = { approving: "created", paid: "payed", cancelled: "canceled" } as Record<string, string>;
    for (const [status, final] of Object.entries(endings)) {
      await s.query(
        `update payouts set status = $2, final_at = ${final} where workspace_id = $1 and reference = $3`,
        [s.t.workspaceId, status, id],
      );
      const before = await s.row(id);
      expect((await s.info(shop, "v2", id)).state).toBe(shown[status] ?? status);
      expect((await s.submit(shop, "v2", id)).json.error).toBe(true);
      expect(await s.row(id)).toEqual(before);
    }
    await s.query(
      "update payouts set status = 'created', final_at = null where workspace_id = $1 and reference = $2",
      [s.t.workspaceId, id],
    );
  });
});

describe("version 3", () => {
  test("money is text, what is absent is null, and the keys stand in version 3's order", async () => {
    const answer = await s.call(shop, "v3", "payoff/create", s.creation(shop, ethereum("0.0005", "balance")));
    const { id } = answer.json;
    const created =
      '"method":"ETHEREUM","amount_currency":"ETH","amount":"0.0005","rub_amount":"48.25","receive_amount":"0.0005",' +
      `"deduction_amount":"0.002","commission_amount":"0.0015","wallet":"${wallets.ETHEREUM}"`;
    expect(answer.text).toBe(`{"error":false,"errors":[],"id":"${id}","subtract_from":"balance",${created}}`);
    const submitted = await s.submit(shop, "v3", id);
    const at = submitted.json.created_at;
    expect(submitted.text).toBe(
      `{"error":false,"errors":[],"id":"${id}","state":"processing","subtract_from":"balance",${created},` +
        `"message":null,"callback_url":null,"extra":null,"created_at":"${at}","final_at":null}`,
    );
  });

  test("`final_at` is there exactly when it is over; there is no `payoff/get`, and asking for it cancels nothing", async () => {
    const { id } = await s.create(shop, "v3");
    expect((await s.info(shop, "v3", id)).final_at).toBeNull();
    expect((await s.call(shop, "v3", "payoff/get", { id })).json.errors).toEqual(["The method is unknown"]);
    // One client library asks for a payoff by the address of the cancellation, without a signature.
    expect((await s.call(shop, "v3", "payoff/cancel", { id })).json.errors).toEqual([
      "`signature` field is required",
    ]);
    expect((await s.info(shop, "v3", id)).state).toBe("created");
    expect((await s.cancel(shop, "v3", id)).json).toMatchObject({
      state: "canceled",
      final_at: expect.stringMatching(/^\d{4}-/u),
    });
  });

  test("a payoff of one version is seen through the other in that one's own types (7.2 edge 23)", async () => {
    const { id } = await s.create(shop, "v2", { ...ethereum("0.1", "amount"), callback_url: "", extra: "" });
    expect(await s.info(shop, "v3", id)).toMatchObject({
      amount: "0.1",
      commission_amount: "0.0015",
      extra: null,
    });
    expect(await s.info(shop, "v2", id)).toMatchObject({ amount: 0.1, commission: 0.0015, extra: "" });
  });
});

describe("sums and rates", () => {
  test("[PO-05] 0.1 and 0.2 stay what they are: stored exactly, given back exactly", async () => {
    const made = await s.create(shop, "v3", { ...ethereum("0.1", "balance") });
    expect(made.amount).toBe("0.1");
    const two = await s.create(shop, "v3", { ...ethereum("0.300000000000000001", "balance") });
    expect(two.amount).toBe("0.300000000000000001");
    const { text } = await s.call(shop, "v2", "payoff/info", { id: two.id });
    expect(text).toContain('"amount":0.300000000000000001,');
  });

  test("[PO-07] the value in roubles is that of the moment: another rate later changes nothing of it", async () => {
    await s.rate("BTC", "5000000");
    const bitcoin = { method: "BITCOIN", wallet: wallets.BITCOIN, amount: lexeme("0.1") };
    const { id } = await s.create(shop, "v2", bitcoin);
    const before = await s.info(shop, "v2", id);
    expect(before.rub_amount).toBe(500_000);
    await s.rate("BTC", "6000000.5");
    expect(await s.info(shop, "v2", id)).toEqual(before);
    expect((await s.row(id)).rate_id).toMatch(/^[0-9a-f-]{36}$/u);
    expect((await s.create(shop, "v2", bitcoin)).rub_amount).toBe(600_000.05);
  });

  test("where the rouble has no rate, version 2 says 0 and version 3 null; an amount in another currency needs both rates", async () => {
    const other = await startCompatStage();
    try {
      const poor = await other.merchant();
      await other.fund(poor, "ETHEREUM", "10");
      const { id, rub_amount } = await other.create(poor, "v2", ethereum("0.5", "amount"));
      expect(rub_amount).toBe(0);
      expect((await other.info(poor, "v3", id)).rub_amount).toBeNull();
      const inRoubles = { ...ethereum("9650", "amount"), amount_currency: "RUB" };
      const refused = await other.call(poor, "v2", "payoff/create", other.creation(poor, inRoubles));
      expect(refused.json.errors).toEqual(["`amount_currency` has no rate"]);
      await other.rate("ETH", "96500");
      const made = await other.create(poor, "v2", inRoubles);
      expect(made).toMatchObject({ amount: 0.1, currency: "ETH", rub_amount: 9650 });
    } finally {
      await other.close();
    }
  });
});

describe("dates", () => {
  test("[PO-12] on demand as the founding text writes them, always valid JSON, and both writings are the same instant", async () => {
    const { id } = await s.create(shop, "v2");
    const iso = await s.call(shop, "v2", "payoff/info", { id });
    const founding = await s.call(shop, "v2", "payoff/info", { id, date_format: "HH:mm:ss dd-MM-yyyy" });
    expect(founding.json.created_at).toMatch(/^\d\d:\d\d:\d\d \d\d-\d\d-\d{4}$/u);
    const [time, date = ""] = String(founding.json.created_at).split(" ");
    expect(`${date.split("-").reverse().join("-")} ${time}`).toBe(iso.json.created_at);
    const row = await s.row(id);
    expect((row.created_at as Date).toISOString().slice(0, 19).replace("T", " ")).toBe(iso.json.created_at);
    // Both are taken back: a history from that second on has it, one before that second has not.
    for (const written of [iso, founding]) {
      const has = async (between: object) => {
        const { json } = await s.call(shop, "v2", "history/payoffs", { page: 1, items: 100, ...between });
        return (json.payoffs as { id: string }[]).some((each) => each.id === id);
      };
      expect(await has({ date_from: written.json.created_at })).toBe(true);
      expect(await has({ date_to: written.json.created_at })).toBe(false);
    }
    const wrong = await s.call(shop, "v2", "payoff/info", { id, date_format: "yesterday" });
    expect(wrong.json.errors[0]).toContain("`date_format`");
  });
});
