import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type CompatStage,
  hear,
  lexeme,
  type Merchant,
  sha1,
  startCompatStage,
  wallets,
} from "./fixtures/compat-stage.ts";

// Whatever is wrong, the answer is status 200, JSON, and one text that names the field.

let s: CompatStage;
let shop: Merchant;
beforeAll(async () => {
  s = await startCompatStage();
  shop = await s.merchant();
  await s.fund(shop, "TEST", "1000");
  await s.fund(shop, "ETHEREUM", "1");
});
afterAll(async () => {
  await s.ledgerIsWhole();
  await s.close();
});

const refusedWith = (text: string) => ({ error: true, errors: [text] });
const creating = (fields: Record<string, unknown>, by = shop) =>
  s.call(by, "v2", "payoff/create", s.creation(by, fields));

describe("[PO-03] before any method is reached", () => {
  test.each([
    ["no JSON", "{", "The body is not valid JSON"],
    ["nothing", "", "The body is not valid JSON"],
    ["a list", "[1]", "The body must be a JSON object"],
    ["a number", "7", "The body must be a JSON object"],
    ["NaN", '{"amount":NaN}', "The body is not valid JSON"],
    ["too much of it", `{"extra":"${"x".repeat(70_000)}"}`, "The body is too large"],
    ["far too much of it", `{"extra":"${"x".repeat(1_100_000)}"}`, "The body is too large"],
    ["a key given twice (7.2 edge 10)", '{"id":"a","id":"b"}', "`id` field is given twice"],
    ["a key given twice by another spelling", '{"id":"a","\\u0069d":"b"}', "`id` field is given twice"],
    ["depth", `{"a":${"[".repeat(40)}${"]".repeat(40)}}`, "The body is not valid JSON"],
  ])("%s", async (_, body, text) => {
    const answer = await s.post("v2/payoff/submit/", body);
    expect(answer.status).toBe(200);
    expect(answer.type).toBe("application/json; charset=utf-8");
    expect(answer.json).toEqual(refusedWith(text));
  });

  test("another content type, bytes that are no text, an unknown method, too many calls", async () => {
    const plain = await s.post("v2/me/info/", "{}", { "content-type": "text/plain" });
    expect([plain.status, plain.json]).toEqual([
      200,
      refusedWith("The content type must be application/json"),
    ]);
    const res = await fetch(`${s.t.url}/compat/crystalpay/v2/me/info/`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new Uint8Array([0x7b, 0xff, 0x7d]),
    });
    expect([res.status, await res.json()]).toEqual([200, refusedWith("The body is not valid JSON")]);
    for (const path of ["v2/payoff", "v2/payoff/get/", "v3/a/b/c", "v3/a/b", "v2/__proto__/constructor/"])
      expect((await s.post(path, "{}")).json).toEqual(refusedWith("The method is unknown"));
  });

  test("with and without the last slash it is the same method", async () => {
    const body = JSON.stringify({ auth_login: shop.login, auth_secret: shop.secret });
    const [one, two] = [await s.post("v2/me/info/", body), await s.post("v2/me/info", body)];
    expect(one.text).toBe(two.text);
    expect(one.json.error).toBe(false);
  });

  test("credentials: which are missing is said, which are wrong is not", async () => {
    expect((await s.post("v2/me/info/", "{}")).json).toEqual(refusedWith("`auth_login` field is required"));
    const half = JSON.stringify({ auth_login: shop.login });
    expect((await s.post("v2/me/info/", half)).json).toEqual(refusedWith("`auth_secret` field is required"));
    const wrong = refusedWith("`auth_login` or `auth_secret` is wrong");
    for (const [auth_login, auth_secret] of [
      ["desk000000000", shop.secret],
      [shop.login, "x"],
      [shop.login, shop.salt],
      [shop.login.toUpperCase(), shop.secret],
      ["' or 1=1 --", "x"],
    ])
      expect((await s.post("v2/me/info/", JSON.stringify({ auth_login, auth_secret }))).json).toEqual(wrong);
    const typed = JSON.stringify({ auth_login: shop.login, auth_secret: 7 });
    expect((await s.post("v2/me/info/", typed)).json).toEqual(
      refusedWith("`auth_secret` field must be a string"),
    );
    expect(s.t.logs.join("\n")).not.toContain(shop.secret);
  });

  test("a desk that was disabled reads and takes back, but neither creates nor submits", async () => {
    const off = await s.merchant();
    await s.fund(off, "TEST", "300");
    const [one, two] = [await s.create(off, "v2"), await s.create(off, "v2")];
    await s.query("update payout_desks set disabled_at = now() where workspace_id = $1 and id = $2", [
      s.t.workspaceId,
      off.desk.id,
    ]);
    const disabled = refusedWith("The cash desk is disabled");
    expect((await s.submit(off, "v2", one.id)).json).toEqual(disabled);
    expect((await creating({}, off)).json).toEqual(disabled);
    expect((await s.info(off, "v2", one.id)).state).toBe("created");
    expect((await s.cancel(off, "v2", two.id)).json.state).toBe("canceled");
  });
});

describe("[PO-02] the fields of a creation", () => {
  const credentials = () => ({ auth_login: shop.login, auth_secret: shop.secret });

  test("[PO-02] each missing field is named, in back-ticks, one at a time", async () => {
    const whole = s.creation(shop);
    for (const name of ["signature", "amount", "method", "wallet", "subtract_from"])
      for (const absent of [undefined, null, ""])
        expect((await s.call(shop, "v2", "payoff/create", { ...whole, [name]: absent })).json).toEqual(
          refusedWith(`\`${name}\` field is required`),
        );
    for (const method of ["submit", "cancel"]) {
      expect((await s.call(shop, "v2", `payoff/${method}`, { id: "x" })).json).toEqual(
        refusedWith("`signature` field is required"),
      );
      expect((await s.call(shop, "v2", `payoff/${method}`, { signature: "x" })).json).toEqual(
        refusedWith("`id` field is required"),
      );
    }
  });

  test("[PO-02] left-over fields are ignored; the one known misspelling is answered clearly (7.2 edge 11)", async () => {
    const { subtract_from, ...rest } = s.creation(shop);
    const misspelt = await s.call(shop, "v2", "payoff/create", { ...rest, subtract_form: subtract_from });
    expect(misspelt.json).toEqual(
      refusedWith("`subtract_from` field is required (`subtract_form` is another field)"),
    );
    const { json } = await s.call(shop, "v2", "payoff/create", {
      ...rest,
      subtract_from,
      description: null,
      lifetime: 15,
      nested: { a: [1, { b: 2 }] },
    });
    expect(json.errors).toEqual([]);
  });

  test.each([
    ["a negative amount (7.2 edge 22)", { amount: lexeme("-1") }, "`amount` must be above zero"],
    ["zero (7.2 edge 22)", { amount: lexeme("0.00") }, "`amount` must be above zero"],
    ["minus zero (7.2 edge 22)", { amount: lexeme("-0") }, "`amount` must be above zero"],
    ["1e400 (7.2 edge 22)", { amount: lexeme("1e400") }, "`amount` is too large"],
    ["a text that is no number (7.2 edge 22)", { amount: "NaN" }, "`amount` field must be a number"],
    ["a text with a blank", { amount: " 1" }, "`amount` field must be a number"],
    ["a boolean (7.2 edge 22)", { amount: true }, "`amount` field must be a number"],
    ["a list", { amount: [1] }, "`amount` field must be a number"],
    ["a number for a word", { subtract_from: 1 }, "`subtract_from` field must be a string"],
    ["a boolean for a word (7.2 edge 22)", { subtract_from: true }, "`subtract_from` field must be a string"],
    ["a third choice", { subtract_from: "both" }, "`subtract_from` field must be `balance` or `amount`"],
    [
      "a word in other letters",
      { subtract_from: "Amount" },
      "`subtract_from` field must be `balance` or `amount`",
    ],
    [
      "more decimals than it has (7.2 edge 6)",
      { amount: lexeme("1.001") },
      "`amount` has more than the 2 decimals of `method`",
    ],
    ["a method nobody knows", { method: "GOLD" }, "`method` is unknown"],
    ["a method in small letters", { method: "test" }, "`method` is unknown"],
    [
      "more than the method allows",
      { amount: lexeme("1e10") },
      "`amount` is above the maximum of 1000000000",
    ],
    ["a currency without a rate", { amount_currency: "XXX" }, "`amount_currency` has no rate"],
    ["too long an extra", { extra: "я".repeat(2049) }, "`extra` field is longer than 4096 bytes"],
    ["half a character", { extra: "\ud83d" }, "`extra` field is not well-formed text"],
    ["a NUL", { extra: "a\0b" }, "`extra` field is not well-formed text"],
    [
      "an address inside (7.2 edge 18)",
      { callback_url: "http://169.254.169.254/latest" },
      "`callback_url` is not an address that can be called",
    ],
    [
      "a script",
      { callback_url: "javascript:alert(1)" },
      "`callback_url` is not an address that can be called",
    ],
    ["a very long wallet", { wallet: "w".repeat(10_000) }, "`wallet` field is longer than 512 bytes"],
    [
      "an address of another network (7.2 edge 13)",
      { method: "ETHEREUM", wallet: "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", amount: lexeme("0.1") },
      "`wallet`",
    ],
    [
      "an address with a wrong checksum (7.2 edge 14)",
      { method: "ETHEREUM", wallet: wallets.ETHEREUM.replace("BeAed", "BeAeD"), amount: lexeme("0.1") },
      "`wallet`",
    ],
    ["more than there is", { amount: 1001 }, "The balance is not sufficient for `amount` and its commission"],
    [
      "enough for the amount, not for the commission (7.2 edge 8)",
      { method: "ETHEREUM", wallet: wallets.ETHEREUM, amount: lexeme("0.9990"), subtract_from: "balance" },
      "The balance is not sufficient for `amount` and its commission",
    ],
    [
      "a commission that eats the amount (7.2 edge 7)",
      { method: "ETHEREUM", wallet: wallets.ETHEREUM, amount: lexeme("0.0015"), subtract_from: "amount" },
      "`amount` does not cover the commission of 0.0015",
    ],
  ])("[PO-02] %s: one text, never two (7.2 edge 24)", async (_, fields, text) => {
    const answer = await creating(fields);
    expect(answer.status).toBe(200);
    expect(answer.json.error).toBe(true);
    // Never two: a known client breaks on the second (7.2 edge 24).
    expect(answer.json.errors).toHaveLength(1);
    if (text === "`wallet`") expect(answer.json.errors[0]).toMatch(/^`wallet` /u);
    else expect(answer.json.errors[0]).toBe(text);
  });

  test("nothing that was refused has left a trace: no payoff, no ticket, the balance whole", async () => {
    const counts = async () => {
      const [row] = await s.query<{ payouts: string; tickets: string }>(
        `select (select count(*) from payouts where workspace_id = $1)::text as payouts,
           (select count(*) from tickets where workspace_id = $1)::text as tickets`,
        [s.t.workspaceId],
      );
      return { ...row, balances: (await s.call(shop, "v2", "balance/info")).text };
    };
    const before = await counts();
    await creating({ amount: lexeme("1e9") });
    await creating({ wallet: "" });
    await s.post(
      "v2/payoff/create/",
      JSON.stringify({ ...credentials(), ...s.creation(shop), auth_secret: "x" }),
    );
    expect(await counts()).toEqual(before);
  });
});

describe("an id that is not the caller's", () => {
  test("is as unknown as one that never was, in every method and to the letter (7.2 edge 12)", async () => {
    const stranger = await s.merchant();
    const { id } = await s.create(shop, "v2");
    const never = `${shop.desk.number}_${"a".repeat(20)}`;
    for (const version of ["v2", "v3"] as const)
      for (const method of ["info", "submit", "cancel"]) {
        const ask = async (asked: unknown) => {
          const signature = sha1(String(asked), stranger.salt);
          return (await s.call(stranger, version, `payoff/${method}`, { id: asked, signature })).text;
        };
        expect(await ask(id)).toBe('{"error":true,"errors":["`id` is unknown"]}');
        expect(await ask(id)).toBe(await ask(never));
      }
    expect((await s.info(shop, "v2", id)).state).toBe("created");
  });

  test("nor can the time tell: the same statements are sent for either, and for an unknown login as for a wrong secret", async () => {
    const stranger = await s.merchant();
    const { id } = await s.create(shop, "v2");
    const never = `${shop.desk.number}_${"a".repeat(20)}`;
    const statements = async (by: Merchant, asked: unknown) => {
      const heard = await hear(() => s.call(by, "v2", "payoff/info", { id: asked }));
      // The sequencer has statements of its own at any time.
      const names = heard.map(({ name }) => name);
      return names.filter((name) => /^(?:compat|payouts)\./u.test(name)).sort();
    };
    await statements(stranger, never);
    expect(await statements(stranger, id)).toEqual(await statements(stranger, never));
    const wrong = await statements({ ...stranger, secret: "x" }, id);
    expect(wrong).toEqual(["compat.find_place", "payouts.find_desk"]);
    expect(await statements({ ...stranger, login: "desk000000000" }, id)).toEqual(wrong);
  });
});

describe("a live desk", () => {
  test("wants another to submit what it created, unless it was set to trust itself; and takes no invoices", async () => {
    const careful = await s.merchant({ mode: "live" });
    await s.fund(careful, "TEST", "500");
    const { id } = await s.create(careful, "v2");
    expect((await s.submit(careful, "v2", id)).json).toEqual(
      refusedWith("This cash desk lets a payoff be submitted only by somebody else than its creator"),
    );
    expect((await s.info(careful, "v2", id)).state).toBe("created");
    const alone = await s.merchant({ mode: "live", makerChecker: false });
    await s.fund(alone, "TEST", "500");
    const made = await s.create(alone, "v2");
    expect((await s.submit(alone, "v2", made.id)).json.state).toBe("processing");
    const invoice = { amount: 10, type: "topup", lifetime: 15 };
    expect((await s.call(alone, "v2", "invoice/create", invoice)).json).toEqual(
      refusedWith("Invoices are offered to sandbox cash desks only"),
    );
  });
});
