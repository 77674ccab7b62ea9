import { createHash, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { payoutMethods } from "../../../../../kinds/payout/server/methods.ts";
import { signUp } from "../../testing/index.ts";
import { cookieOf } from "../../testing/world.ts";
import { type NativeStage, startNativeStage } from "./fixtures/native-stage.ts";

// Desks: credentials, funds, methods, statements, rates.

let s: NativeStage;
beforeAll(async () => {
  s = await startNativeStage();
});
afterAll(() => s.close());
afterEach(() => s.expectWhole());

type Compat = { error: boolean; errors: string[]; id?: string };

async function compat(method: string, body: object): Promise<Compat> {
  const res = await fetch(`${s.t.url}/compat/crystalpay/v2/${method}/`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await res.json()) as Compat;
}

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");

test("a desk is made with its credentials, which are shown once and work at once in the compatible interface", async () => {
  const key = { "idempotency-key": randomUUID() };
  const create = () =>
    s.ask("payoutDesks", "create", { body: { name: "Магазин", mode: "sandbox" }, headers: key });
  const { json } = await create();
  expect(json).toMatchObject({ name: "Магазин", mode: "sandbox", makerChecker: false, version: 1 });
  const [login, secret, salt] = [json.login, json.secret, json.salt].map(String);
  expect([login, secret, salt].every((each) => (each ?? "").length > 8)).toBe(true);
  const auth = { auth_login: login, auth_secret: secret };
  expect((await compat("me/info", auth)).error).toBe(false);
  // Asked again it is told which it made; nothing that is answered later holds a secret.
  expect(await create()).toMatchObject({
    status: 409,
    code: "already_exists",
    json: { details: { desk: json.id } },
  });
  const later = [
    (await s.ask("payoutDesks", "get", { params: { id: json.id } })).json,
    (await s.ask("payoutDesks", "list")).json,
    await s.t.db.background.query({
      name: "test.idempotency",
      text: "select response from idempotency_records",
    }),
  ];
  for (const each of [secret, salt]) expect(JSON.stringify(later)).not.toContain(each);
});

test("a new secret ends the former at once; the former salt verifies for another 24 hours", async () => {
  const { json } = await s.ask("payoutDesks", "create", { body: { name: "Смена" } });
  const params = { id: json.id };
  await s.ask("payoutDesks", "fund", { params, body: { method: "TEST", amount: "1000" } });
  const login = String(json.login);
  const renewed = await s.ask("payoutDesks", "rotateSecret", { params });
  expect(renewed.status).toBe(201);
  const auth = { auth_login: login, auth_secret: String(renewed.json.secret) };
  expect((await compat("me/info", { auth_login: login, auth_secret: json.secret })).error).toBe(true);
  expect((await compat("me/info", auth)).error).toBe(false);
  const salted = (await s.ask("payoutDesks", "rotateSalt", { params })).json;
  const create = (salt: unknown) =>
    compat("payoff/create", {
      ...auth,
      amount: 100,
      method: "TEST",
      wallet: "Иван",
      subtract_from: "amount",
      signature: sha1(`100:TEST:Иван:${String(salt)}`),
    });
  expect((await create(json.salt)).errors).toEqual([]);
  expect((await create(salted.salt)).errors).toEqual([]);
  s.t.clock.advance(24 * 3_600_000 + 1);
  expect((await create(json.salt)).error).toBe(true);
  expect((await create(salted.salt)).errors).toEqual([]);
  expect((await s.ask("payoutDesks", "get", { params })).json.formerSaltUntil).toBeNull();
});

test("funds come and go: a sandbox by an administrator, real ones by an owner with a reason, never below nothing", async () => {
  const boss = cookieOf(await signUp(s.t, { grants: { [s.t.project]: "admin" } }));
  const live = await s.makeDesk({ mode: "live" }, { funds: "0" });
  const sandbox = await s.makeDesk({}, { funds: "0" });
  const fund = (id: string, body: object, caller?: typeof boss) =>
    s.ask(
      "payoutDesks",
      "fund",
      { params: { id }, body: { method: "CARDRUB", amount: "500.50", ...body } },
      caller,
    );
  expect(await fund(sandbox, {}, boss)).toMatchObject({
    status: 200,
    json: { available: "500.5", reserved: "0" },
  });
  expect(await fund(live, { note: "Перевод" }, boss)).toMatchObject({ status: 403 });
  expect(await fund(live, {})).toMatchObject({ status: 400 });
  expect(await fund(live, { note: "Платёжное поручение № 12" })).toMatchObject({
    json: { available: "500.5" },
  });
  expect(await fund(live, { note: "Возврат", direction: "out", amount: "500.51" })).toMatchObject({
    status: 422,
    code: "insufficient_funds",
  });
  expect(await fund(live, { note: "Возврат", direction: "out" })).toMatchObject({ json: { available: "0" } });
  expect(await fund(live, { note: "…", method: "TEST" })).toMatchObject({
    status: 422,
    code: "unknown_reference",
  });
  expect(await fund(live, { note: "…", amount: "0.001" })).toMatchObject({ status: 400 });
});

test("what a desk may pay by is changed within what makes sense, by whoever saw its latest version", async () => {
  const id = await s.makeDesk({ mode: "live" }, { funds: "0" });
  const { data } = (await s.ask("payoutDesks", "methods", { params: { id } }, s.keys.reader)).json;
  expect(data.map(({ method }) => method)).not.toContain("TEST");
  expect(data).toHaveLength(payoutMethods.size - 1);
  expect(data.find(({ method }) => method === "SBP")).toMatchObject({
    processor: "manual",
    percent: "2.5",
    fixed: "50",
  });
  const change = (body: object, method = "SBP") =>
    s.ask("payoutDesks", "updateMethod", { params: { id, method }, body });
  expect(await change({ fixed: "10.55", percent: "0.75", enabled: false, version: 1 })).toMatchObject({
    json: { fixed: "10.55", percent: "0.75", enabled: false, version: 2 },
  });
  expect(await change({ percent: "1", version: 1 })).toMatchObject({ status: 409, code: "version_conflict" });
  expect(await change({ smallest: "400000" })).toMatchObject({ status: 400 });
  expect(await change({ percent: "100" })).toMatchObject({ status: 400 });
  expect(await change({ fixed: "0.001" })).toMatchObject({ status: 400 });
  expect(await change({ processor: "sandbox" })).toMatchObject({ status: 422, code: "unknown_reference" });
  expect(await change({}, "TEST")).toMatchObject({ status: 404 });
});

test("a statement reconciles: opening, every change, closing; the same as CSV, whatever stands in a note", async () => {
  const id = await s.makeDesk({}, { funds: "0" });
  const fund = (amount: string, more: object = {}) =>
    s.ask("payoutDesks", "fund", { params: { id }, body: { method: "TEST", amount, ...more } });
  await fund("1000", { note: '=HYPERLINK("http://evil"), "да"' });
  s.t.clock.advance(60_000);
  const from = s.t.clock.now().toISOString();
  const [one, two] = [
    await s.created({ desk: id, amount: "100.01" }),
    await s.created({ desk: id, amount: "200" }),
  ];
  await s.cancel(two.id);
  await s.confirm(one.id);
  await fund("50", { direction: "out" });
  s.t.clock.advance(60_000);
  const to = s.t.clock.now().toISOString();
  await fund("7");
  const statement = async (query: object) =>
    (await s.ask("payoutDesks", "statement", { params: { id }, query: { method: "TEST", ...query } })).json;
  const whole = await statement({});
  expect([whole.opening, whole.closing]).toEqual(["0", "856.99"]);
  const part = await statement({ from, to });
  expect([part.opening, part.closing]).toEqual(["1000", "849.99"]);
  expect(part.data.map(({ what, available }) => [what, available]).reverse()).toEqual([
    ["reserve", "-100.01"],
    ["reserve", "-200"],
    ["release", "200"],
    ["dispatch", "0"],
    ["withdraw", "-50"],
  ]);
  const pages = await statement({ limit: "3" });
  const rest = await statement({ limit: "10", cursor: String(pages.nextCursor) });
  expect([...pages.data, ...rest.data]).toEqual(whole.data);
  const res = await fetch(
    `${s.t.url}/v1/payout-desks/${id}/statement.csv?method=TEST&from=${from}&to=${to}`,
    {
      headers: s.keys.reader,
    },
  );
  expect(res.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const lines = (await res.text()).trim().split("\r\n");
  expect(lines.map((line) => line.split(",").slice(5, 7).join())).toEqual([
    "change,available",
    ",1000",
    "-100.01,899.99",
    "-200,699.99",
    "200,899.99",
    "0,899.99",
    "-50,849.99",
    ",849.99",
  ]);
  const all = await fetch(`${s.t.url}/v1/payout-desks/${id}/statement.csv?method=TEST`, {
    headers: s.keys.reader,
  });
  expect(await all.text()).toContain(`"'=HYPERLINK(""http://evil""), ""да"""`);
  expect(
    await s.ask("payoutDesks", "statement", { params: { id }, query: { method: "DOGE" } }),
  ).toMatchObject({
    status: 422,
  });
});

test("a rate counts from when it was entered; the list shows the newest of each currency", async () => {
  const add = (currency: string, price: string) => s.ask("payoutRates", "add", { body: { currency, price } });
  expect((await add("BTC", "9500000.50")).json).toMatchObject({ currency: "BTC", price: "9500000.5" });
  s.t.clock.advance(1_000);
  await add("BTC", "9600000");
  await add("USDT", "96.4");
  const { data } = (await s.ask("payoutRates", "list", {}, s.keys.reader)).json;
  expect(data.map(({ currency, price }) => [currency, price])).toEqual([
    ["BTC", "9600000"],
    ["USDT", "96.4"],
  ]);
  expect(await add("RUB", "1")).toMatchObject({ status: 422 });
  expect(await add("ETH", "0.00")).toMatchObject({ status: 400 });
});

test("a change of a desk is told by the journal, without what is secret", async () => {
  const id = await s.makeDesk({}, { funds: "0" });
  const params = { id };
  await s.ask("payoutDesks", "update", { params, body: { name: "Другое имя", makerChecker: true } });
  await s.ask("payoutDesks", "rotateSalt", { params });
  expect(await s.ask("payoutDesks", "update", { params, body: { name: "…", version: 1 } })).toMatchObject({
    status: 409,
    code: "version_conflict",
  });
  const told = async () => {
    const { data } = await s.t.client.events.list({ query: { limit: 500 } });
    const ofDesk = data.filter((event) => event.data.desk === id);
    return ofDesk.map((event) => [event.type, event.data.changed]);
  };
  await expect.poll(told).toEqual([
    ["payout_desk.added", undefined],
    ["payout_desk.changed", ["makerChecker", "name"]],
    ["payout_desk.changed", ["salt"]],
  ]);
});
