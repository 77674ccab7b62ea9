import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { saltContext } from "../../../../../kinds/payout/server/core/desks.ts";
import {
  type CompatStage,
  lexeme,
  type Merchant,
  sha1,
  startCompatStage,
  wallets,
} from "./fixtures/compat-stage.ts";

// A signature covers the text of the amount as the client's language writes it, which is not always the text in the body.

let s: CompatStage;
let shop: Merchant;
beforeAll(async () => {
  s = await startCompatStage();
  shop = await s.merchant();
  await s.fund(shop, "TEST", "100000000");
  await s.fund(shop, "ETHEREUM", "100000000000000000");
});
afterAll(async () => {
  await s.ledgerIsWhole();
  await s.close();
});

const ethereum = { method: "ETHEREUM", wallet: wallets.ETHEREUM, subtract_from: "balance" };
const tries = (amount: object | string, signed: string, by = shop) =>
  s.call(by, "v2", "payoff/create", s.creation(by, { ...ethereum, amount }, signed));

describe("[PO-13] every honest spelling of the amount verifies (7.2 edge 5)", () => {
  test.each([
    ["JavaScript", "1e-7", "1e-7"],
    ["JavaScript", "100", "100"],
    ["Python", "1e-07", "1e-07"],
    ["Python", "100.0", "100.0"],
    ["Python, through a library that drops the point", "100", "100.0"],
    ["PHP", "1.0e-7", "1.0E-7"],
    ["PHP", "100.0", "100"],
    ["PHP", "0.30000000000000004", "0.3"],
    ["whoever writes plainly", "1.5e-6", "0.0000015"],
  ])("%s: %s on the wire, %s signed", async (_, wire, signed) => {
    const { json } = await tries(lexeme(wire), signed);
    expect(json.errors).toEqual([]);
    expect(Number(json.amount)).toBe(Number(wire));
  });

  test("a text is signed as that text", async () => {
    expect((await tries("100", "100")).json).toMatchObject({ error: false, amount: 100 });
    expect((await tries("100.0", "100.0")).json).toMatchObject({ error: false, amount: 100 });
    expect((await tries("100.0", "100")).json.errors).toEqual(["`signature` is wrong"]);
  });

  test("and which one it was is in the log, without the sums", () => {
    const forms = s.t.logs
      .filter((line) => line.includes("another spelling"))
      .map((line) => JSON.parse(line).form);
    expect(new Set(forms)).toEqual(new Set(["python", "php", "plain"]));
  });
});

test("[PO-13] another amount, method, wallet, salt or one changed character of the signature is refused, and nothing is written", async () => {
  const count = async () =>
    (await s.query("select 1 from payouts where workspace_id = $1", [s.t.workspaceId])).length;
  const before = await count();
  const good = s.creation(shop, ethereum);
  const signature = String(good.signature);
  const flipped = (signature.startsWith("0") ? "1" : "0") + signature.slice(1);
  const bad = [
    { ...good, amount: 101 },
    { ...good, method: "TEST" },
    { ...good, wallet: wallets.ETHEREUM.toLowerCase() },
    { ...good, signature: flipped },
    { ...good, signature: signature.toUpperCase() },
    { ...good, signature: sha1("100", "ETHEREUM", wallets.ETHEREUM, "salt") },
    // One shop signs its own order's number instead.
    { ...good, signature: sha1("order-7", shop.salt), extra: "order-7" },
  ];
  for (const fields of bad)
    expect((await s.call(shop, "v2", "payoff/create", fields)).json).toEqual({
      error: true,
      errors: ["`signature` is wrong"],
    });
  expect(await count()).toBe(before);
});

test("[PO-13] a colon moves nothing between amount, method and wallet (7.2 edge 15)", async () => {
  const fields = s.creation(shop, { method: "TEST", wallet: "a:b" });
  expect((await s.call(shop, "v2", "payoff/create", fields)).json).toMatchObject({ error: false });
  const shifted = { ...fields, method: "TEST:a", wallet: "b" };
  expect(sha1("100", "TEST:a", "b", shop.salt)).toBe(fields.signature);
  expect((await s.call(shop, "v2", "payoff/create", shifted)).json.errors).toEqual(["`signature` is wrong"]);
});

test("[PO-13] a submit and a cancel are signed over the id alone, and not by another id's signature", async () => {
  const [one, two] = [await s.create(shop, "v2"), await s.create(shop, "v2")];
  const other = { signature: sha1(String(two.id), shop.salt) };
  expect((await s.submit(shop, "v2", one.id, other)).json.errors).toEqual(["`signature` is wrong"]);
  expect((await s.cancel(shop, "v2", one.id, other)).json.errors).toEqual(["`signature` is wrong"]);
  expect((await s.info(shop, "v2", one.id)).state).toBe("created");
  expect((await s.submit(shop, "v2", one.id)).json.state).toBe("processing");
});

test("a new salt while payoffs wait: the former one is taken as long as it was promised, and not a moment longer (7.2 edge 19)", async () => {
  const moving = await s.merchant();
  await s.fund(moving, "TEST", "1000");
  const made = [await s.create(moving, "v2"), await s.create(moving, "v2"), await s.create(moving, "v2")];
  const until = new Date(s.t.clock.now().getTime() + 3_600_000);
  await s.query(
    "update payout_desks set former_salt = salt, former_salt_until = $3, salt = $4 where workspace_id = $1 and id = $2",
    [s.t.workspaceId, moving.desk.id, until, s.ports.sealer.seal("NEW-SALT", saltContext(moving.desk.id))],
  );
  expect((await s.submit(moving, "v2", made[0]?.id)).json.state).toBe("processing");
  const withNew = { ...moving, salt: "NEW-SALT" };
  expect((await s.submit(withNew, "v2", made[1]?.id)).json.state).toBe("processing");
  s.t.clock.advance(3_600_001);
  expect((await s.submit(moving, "v2", made[2]?.id)).json.errors).toEqual(["`signature` is wrong"]);
  expect((await s.submit(withNew, "v2", made[2]?.id)).json.state).toBe("processing");
  const [kept] = await s.query<{ body: string }>(
    `select e.body::text as body from confirmation_evidence e join confirmations c on c.workspace_id = e.workspace_id and c.id = e.confirmation_id
     join payouts p on p.workspace_id = c.workspace_id and p.id = c.ticket_id
     where e.workspace_id = $1 and p.reference = $2 and e.kind = 'answered'`,
    [s.t.workspaceId, made[0]?.id],
  );
  expect(kept?.body).toContain('"salt":"former"');
  expect(kept?.body).not.toContain(moving.secret);
});

describe("a signature alone lets nothing through", () => {
  test("one seen in a call-back still needs the secret, and its use without it is logged as suspicious (7.2 edge 4)", async () => {
    const { id } = await s.create(shop, "v2");
    const signature = sha1(String(id), shop.salt);
    const answer = await s.post(
      "v2/payoff/submit/",
      JSON.stringify({ auth_login: shop.login, auth_secret: "guessed", id, signature }),
    );
    expect(answer.json).toEqual({ error: true, errors: ["`auth_login` or `auth_secret` is wrong"] });
    expect((await s.info(shop, "v2", id)).state).toBe("created");
    const told = s.t.logs.filter((line) => line.includes("signature_without_secret"));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(shop.desk.id);
    expect(told[0]).not.toContain(signature);
    // A wrong signature beside a wrong secret is nothing new.
    await s.post(
      "v2/payoff/submit/",
      JSON.stringify({ auth_login: shop.login, auth_secret: "guessed", id, signature: sha1("x") }),
    );
    expect(s.t.logs.filter((line) => line.includes("signature_without_secret"))).toHaveLength(1);
  });

  test("nor does another merchant's secret", async () => {
    const { id } = await s.create(shop, "v2");
    const stranger = await s.merchant();
    const answer = await s.submit({ ...stranger, salt: shop.salt }, "v2", id);
    expect(answer.json.error).toBe(true);
    expect((await s.submit(stranger, "v2", id)).json.errors).toEqual(["`id` is unknown"]);
    expect((await s.info(shop, "v2", id)).state).toBe("created");
  });
});
