import type { Scope } from "@okno/contract";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Input } from "../../testing/calls.ts";
import { signUp } from "../../testing/index.ts";
import { createSigner, send, signed } from "../../testing/signed.ts";
import { type Caller, cookieOf } from "../../testing/world.ts";
import { admin, bearer, destination, type NativeStage, startNativeStage } from "./fixtures/native-stage.ts";

// Who may do what with payouts, and what nobody is ever told.

let s: NativeStage;
beforeAll(async () => {
  s = await startNativeStage();
});
afterAll(() => s.close());
afterEach(() => s.expectWhole());

const inHere = async (role: "operator" | "supervisor" | "admin") => {
  const person = await signUp(s.t, { grants: { [s.t.project]: role } });
  return { ...person, caller: cookieOf(person) };
};

/** A key that a person makes. */
async function keyOf({ client }: Awaited<ReturnType<typeof inHere>>, ...scopes: Scope[]): Promise<Caller> {
  const body = { name: "Ключ", scopes, projects: [s.t.project] };
  return bearer((await client.keys.create({ body })).secret);
}

test("a key does what its scopes say, and nothing else", async () => {
  const { id } = await s.created();
  const refused = { status: 403, code: "forbidden" };
  expect(await s.create({}, s.keys.checker)).toMatchObject(refused);
  expect(await s.create({}, s.keys.reader)).toMatchObject(refused);
  expect(await s.confirm(id, s.keys.maker)).toMatchObject(refused);
  expect(await s.cancel(id, s.keys.checker)).toMatchObject(refused);
  const tickets = await s.key("tickets:read", "tickets:write");
  for (const name of ["get", "events", "callbacks"] as const)
    expect(await s.ask("payouts", name, { params: { id } }, tickets)).toMatchObject(refused);
  expect(await s.ask("payoutDesks", "balances", { params: { id: s.desk } }, tickets)).toMatchObject(refused);
  expect(
    await s.ask("payoutRates", "add", { body: { currency: "BTC", price: "1" } }, s.keys.both),
  ).toMatchObject(refused);
});

test("of people, an operator sees, a supervisor creates, an administrator confirms", async () => {
  const [operator, supervisor, boss] = [
    await inHere("operator"),
    await inHere("supervisor"),
    await inHere("admin"),
  ];
  expect(await s.create({}, operator.caller)).toMatchObject({ status: 403 });
  const { id } = await s.created({}, supervisor.caller);
  expect(await s.ask("payouts", "get", { params: { id } }, operator.caller)).toMatchObject({ status: 200 });
  expect(await s.ask("payoutDesks", "balances", { params: { id: s.desk } }, operator.caller)).toMatchObject({
    status: 403,
  });
  expect(await s.confirm(id, supervisor.caller)).toMatchObject({ status: 403 });
  expect(await s.confirm(id, boss.caller)).toMatchObject({ status: 200 });
});

test("whoever created it may take it back, another key may not, unless it could have confirmed", async () => {
  const other = await s.key("payouts:create");
  const [first, second] = [await s.created(), await s.created()];
  expect(await s.cancel(first.id, other)).toMatchObject({ status: 403 });
  expect(await s.cancel(first.id)).toMatchObject({
    status: 200,
    json: { status: "cancelled", message: "Canceled" },
  });
  expect(await s.cancel(second.id, s.keys.both)).toMatchObject({ status: 200 });
});

describe("where the maker may not confirm", () => {
  test("a live desk says so by itself, a sandbox does not, and either can be told", async () => {
    const live = await s.makeDesk({ mode: "live" }, { method: "CARDRUB", funds: "0" });
    const shown = (id: string) => s.ask("payoutDesks", "get", { params: { id } });
    expect((await shown(live)).json.makerChecker).toBe(true);
    expect((await shown(s.desk)).json.makerChecker).toBe(false);
    const { id } = await s.created({}, s.keys.both);
    expect(await s.confirm(id, s.keys.both)).toMatchObject({ status: 200 });
  });

  test("the key that created is refused, and so are another key of the same person and the person, for they are one", async () => {
    const desk = await s.makeDesk({ makerChecker: true });
    const anna = await inHere("admin");
    const boris = await inHere("admin");
    const one = await keyOf(anna, "payouts:create", "payouts:confirm");
    const two = await keyOf(anna, "payouts:confirm");
    const own = { status: 403, code: "own_payout" };
    const { id } = await s.created({ desk }, one);
    expect(await s.confirm(id, one)).toMatchObject(own);
    expect(await s.confirm(id, two)).toMatchObject(own);
    expect(await s.confirm(id, anna.caller)).toMatchObject(own);
    expect((await s.get(id)).status).toBe("created");
    expect(await s.confirm(id, await keyOf(boris, "payouts:confirm"))).toMatchObject({ status: 200 });
    const byPerson = await s.created({ desk }, anna.caller);
    expect(await s.confirm(byPerson.id, two)).toMatchObject(own);
    expect(await s.confirm(byPerson.id, boris.caller)).toMatchObject({ status: 200 });
  });

  test("a key made by a key stands for whoever made the first; keys of the installation stand for themselves", async () => {
    const desk = await s.makeDesk({ makerChecker: true });
    const first = await s.t.client.keys.create({
      body: { name: "Первый", role: "owner", scopes: ["members:write", "payouts:create", "payouts:confirm"] },
    });
    const body = { name: "Второй", role: "owner" as const, scopes: ["payouts:confirm" as const] };
    const second = (await s.t.clientWith(first.secret).keys.create({ body })).secret;
    const { id } = await s.created({ desk }, bearer(first.secret));
    expect(await s.confirm(id, bearer(second))).toMatchObject({ status: 403, code: "own_payout" });
    expect(await s.confirm(id, s.keys.checker)).toMatchObject({ status: 200 });
  });
});

test("[PO-13] a payout is created and confirmed by signed calls; the signature is part of the proof", async () => {
  const signer = await createSigner(s.t, ["payouts:create", "payouts:confirm"], { algorithm: "ed25519" });
  const made = await send(s.t, signed(s.t, signer, { path: "/v1/payouts", body: s.order() }));
  expect(made.status).toBe(201);
  const { id } = made.json;
  const path = `/v1/payouts/${id}/confirm`;
  const wire = signed(s.t, signer, { path, body: {} });
  expect(await send(s.t, { ...wire, path: path.replace("confirm", "cancel") })).toMatchObject({
    status: 401,
  });
  expect(await send(s.t, wire)).toMatchObject({ status: 200 });
  expect(await send(s.t, wire)).toMatchObject({ status: 401, details: { reason: "nonce_used" } });
  const proof = await s.t.db.background.query<{ evidence: unknown }>({
    name: "test.evidence",
    text: "select to_jsonb(e) as evidence from confirmation_evidence e",
  });
  expect(JSON.stringify(proof)).toMatch(/"algorithm\\?": ?\\?"ed25519/u);
});

test("[PO-02] wrong orders are told what is wrong with them, and leave nothing behind", async () => {
  const before = await s.balance();
  const said = async (more: object) => {
    const { status, code, json } = await s.create(more);
    return [status, code, json.errors?.map(({ pointer }) => pointer).join()];
  };
  expect(await said({ amount: 100 })).toEqual([400, "invalid_request", "/amount"]);
  for (const amount of ["-1", "1e2", "NaN", "", " 1", "01", "1,5", "0", "0.00", "9".repeat(40)])
    expect(await said({ amount })).toEqual([400, "invalid_request", "/amount"]);
  expect(await said({ amount: "0.001" })).toEqual([400, "invalid_request", "/amount"]);
  expect(await said({ amount: "1000000001" })).toEqual([422, "limit_reached", "/amount"]);
  expect(await said({ subtract_form: "amount", subtractFrom: undefined })).toEqual([
    400,
    "invalid_request",
    "/subtractFrom",
  ]);
  expect(await said({ method: "DOGE" })).toEqual([422, "unknown_reference", "/method"]);
  expect(await said({ currency: "XAU" })).toEqual([422, "unknown_reference", "/currency"]);
  expect(await said({ desk: "dsk_01h455vb4pex5vsknk084sn02q" })).toEqual([422, "unknown_reference", "/desk"]);
  expect(await said({ quote: "quo_01h455vb4pex5vsknk084sn02q" })).toEqual([
    422,
    "unknown_reference",
    "/quote",
  ]);
  const tron = { method: "USDTTRC", amount: "10", destination: "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed" };
  expect(await said(tron)).toEqual([422, "destination_refused", "/destination"]);
  expect(await said({ method: "CARDRUB", amount: "1000", destination: "2204120100000004" })).toEqual([
    422,
    "destination_refused",
    "/destination",
  ]);
  expect(await said({ destination: "Иван\u0000" })).toEqual([400, "invalid_request", "/destination"]);
  expect(await said({ callbackUrl: "http://169.254.169.254/hook" })).toEqual([
    400,
    "invalid_request",
    "/callbackUrl",
  ]);
  expect(await said({ amount: "100000000" })).toEqual([422, "insufficient_funds", undefined]);
  expect(await s.balance()).toEqual(before);
});

test("a disabled desk creates and confirms nothing; what was created can still be taken back", async () => {
  const desk = await s.makeDesk();
  const { id } = await s.created({ desk });
  const disable = (disabled: boolean) =>
    s.ask("payoutDesks", "update", { params: { id: desk }, body: { disabled } });
  expect((await disable(true)).json.disabledAt).not.toBeNull();
  expect(await s.create({ desk })).toMatchObject({ status: 403 });
  expect(await s.confirm(id)).toMatchObject({ status: 403 });
  expect(await s.cancel(id)).toMatchObject({ status: 200 });
  await disable(false);
  await s.created({ desk });
});

test("[PO-09] no destination, card, secret or key stands in logs, journal, jobs or stored answers", async () => {
  const { bearer: key } = await createSigner(s.t, ["payouts:read"]);
  const card = "4111111111111111";
  const wallet = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
  const memo = "памятка-77120";
  const desk = await s.ask("payoutDesks", "create", { body: { name: "Касса", mode: "sandbox" } });
  const { id } = desk.json;
  const [secret, salt] = [String(desk.json.secret), String(desk.json.salt)];
  const fund = (method: string, amount: string) =>
    s.ask("payoutDesks", "fund", { params: { id }, body: { method, amount } });
  await fund("CARDRUB", "100000");
  await fund("BITCOIN", "1");
  await fund("TONCOIN", "100");
  const ton = "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs";
  const orders = [
    { method: "CARDRUB", amount: "1000", destination: card },
    { method: "BITCOIN", amount: "0.01", destination: wallet },
    { method: "TONCOIN", amount: "1", destination: ton, destinationExtra: memo },
  ];
  s.startWork();
  for (const each of orders) {
    const made = await s.create({ desk: id, ...each });
    expect(made.status, JSON.stringify(made.json)).toBe(201);
    await s.confirm(made.json.id);
    await s.until(made.json.id, "paid");
  }
  // And where things go wrong.
  const wrong: Input[] = orders.map((each) => ({
    body: s.order({ desk: id, ...each, amount: "99999999999" }),
  }));
  const answers = await Promise.all(wrong.map((input) => s.ask("payouts", "create", input, s.keys.maker)));
  const bad = { body: s.order({ ...orders[1], destination: `${wallet.slice(0, -1)}5` }) };
  answers.push(await s.ask("payouts", "create", bad, s.keys.maker));
  await s.stopWork();
  const hidden = [card, wallet, wallet.slice(0, -1), ton, memo, secret, salt, key, destination];
  const tables = await s.t.db.background.query<{ name: string }>({
    name: "test.tables",
    text: "select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('payout_asks')",
  });
  const stored: string[] = [];
  for (const { name } of tables) {
    const rows = await s.t.db.background
      .query<{ row: string }>({ name: "", text: `select r::text as row from ${name} r` })
      .catch(() => []);
    stored.push(...rows.map(({ row }) => row));
  }
  const everything = [s.t.logs.join("\n"), JSON.stringify(answers), stored.join("\n")];
  for (const text of everything) for (const each of hidden) expect(text).not.toContain(each);
  expect(stored.length).toBeGreaterThan(100);
});

test("the key of the installation may do everything", async () => {
  const { id } = await s.created({}, admin);
  expect(await s.confirm(id, admin)).toMatchObject({ status: 200 });
});
