import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fromPublicId } from "@okno/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyLedger } from "../../kinds/payout/server/core/ledger.ts";
import {
  type FakeProvider,
  startFakeProvider,
  type Treatment,
} from "../../kinds/payout/server/processing/fixtures/fake-provider.ts";
import { openPsql, type Psql } from "../lib/blocking-psql.ts";
import { adminKey, type ServerProcess, startServer } from "../lib/server-process.ts";

// The server is stopped dead at a chosen step: something outside holds the row that the step changes, or the provider holds its answer.

let dataDir: string;
let server: ServerProcess;
let psql: Psql;
let provider: FakeProvider;
let desk: string;
let callBackTo: string;
/** What has been paid so far. */
let spent = 0n;
const env = { OKNO_OUTGOING_ALLOW: "127.0.0.1" };

async function start(roles = "api,worker,channels"): Promise<void> {
  server = await startServer({ dataDir, env: { ...env, OKNO_ROLES: roles } });
  psql = await openPsql(dataDir);
}
async function crash(): Promise<void> {
  await server.kill("both");
  await psql.letGo();
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "okno-payouts-"));
  provider = await startFakeProvider();
  // Without a worker: what is confirmed stays where it is.
  await start("api,channels");
  ({ desk, callBackTo } = await openDesk());
});
afterAll(async () => {
  await psql.letGo();
  await server.stop();
  await provider.close();
  await rm(dataDir, { recursive: true, force: true });
});

let calls = 0;
async function call<T>(method: string, path: string, body?: object, key = `call-${++calls}`): Promise<T> {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${adminKey}`,
      "idempotency-key": key,
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

type Payout = { id: string; status: string; attention: string | null };
const deduction = 100n;
const funds = 10_000n;

async function openDesk(): Promise<{ desk: string; callBackTo: string }> {
  const wanted = { name: "Касса", mode: "live", makerChecker: false };
  const { id: desk } = await call<{ id: string }>("POST", "/v1/payout-desks", wanted);
  const addresses = { url: provider.url, statusUrl: provider.statusUrl };
  const set = await call<{ secret: string; callBackPath: string }>(
    "PUT",
    `/v1/payout-desks/${desk}/provider`,
    addresses,
  );
  provider.secret = set.secret;
  const money = { method: "CRYSTALPAY", amount: "100", note: "для проверки" };
  await call("POST", `/v1/payout-desks/${desk}/fund`, money);
  return { desk, callBackTo: set.callBackPath };
}

const create = (desk: string, destination: string) =>
  call<Payout>("POST", "/v1/payouts", {
    desk,
    method: "CRYSTALPAY",
    amount: "1",
    subtractFrom: "amount",
    destination,
  });
const confirm = ({ id }: Payout, key?: string) => call<Payout>("POST", `/v1/payouts/${id}/confirm`, {}, key);
const get = ({ id }: Payout) => call<Payout>("GET", `/v1/payouts/${id}`);
const uuid = ({ id }: Payout) => fromPublicId("payout", id);
const holdRow = (payout: Payout) =>
  psql.hold("select 1 from payouts where id = $1 for update", [uuid(payout)]);
const pays = ({ id }: Payout) => provider.book.get(id)?.pays ?? 0;

/** Time passes: leases end, and what was sent can no longer be on its way. */
async function timePasses(): Promise<void> {
  await psql.run("update jobs set run_at = now() - interval '1 second', locked_until = null where not dead");
  await psql.run("update payouts set sent_at = sent_at - interval '5 minutes' where sent_at is not null");
}

async function expectWhole(): Promise<void> {
  const [{ id: workspace = "" } = {}] = await psql.run<{ id: string }>("select id from workspaces");
  const db = {
    query: <Row extends object>({ text }: { text: string }, values: readonly unknown[] = []) =>
      psql.run<Row>(text, [...values]),
  };
  expect(await verifyLedger(db, workspace)).toEqual([]);
  const [account] = await psql.run<{ balance: string }>(
    "select balance::text from ledger_accounts where role = 'available' and method = 'CRYSTALPAY'",
  );
  expect(account?.balance).toBe(String(funds - spent));
}

test("[PO-04] kill -9 at every step of a payout: none is lost, none is paid twice, the ledger is whole", async () => {
  const names = [
    "confirming",
    "confirmed",
    "marked",
    "asked",
    "taken",
    "answered",
    "settled",
    "called",
  ] as const;
  const made = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await create(desk, name)])),
  ) as Record<(typeof names)[number], Payout>;

  // 1 · in the middle of the confirmation's transaction · 2 · after its commit, before anybody has worked on it
  await confirm(made.confirmed);
  await holdRow(made.confirming);
  const broken = confirm(made.confirming, "same key").catch(() => "broken off");
  await psql.untilBlocked(1);
  await crash();
  expect(await broken).toBe("broken off");

  const reached = new Map<string, () => void>();
  const at = (name: string) => new Promise<void>((resolve) => reached.set(name, resolve));
  const forever = () => new Promise<never>(() => undefined);
  const never = (take: Treatment["take"]): Treatment => ({ take, answer: "cut", before: forever });
  const until: Record<string, (payout: Payout) => Treatment> = {
    // 3 · the order has left and nobody has it: it was on its way
    marked: () => never(null),
    // 4 · the provider has it in hand and is asked again and again
    asked: () => ({ take: "accepted", answer: "word" }),
    // 5 · the provider has paid, and its answer has not arrived
    taken: () => never("paid"),
    // 6 · the answer has arrived and cannot be written down
    answered: (payout) => ({ take: "paid", answer: "word", before: () => holdRow(payout) }),
    // 7 · it is written down, and the job cannot be finished
    settled: (payout) => ({
      take: "paid",
      answer: "word",
      before: () => psql.hold("select 1 from jobs where unique_key = $1 for update", [uuid(payout)]),
    }),
    // 8 · taken on; its call-back is in the middle of its transaction
    called: () => ({ take: "accepted", answer: "word" }),
  };
  provider.treat = ({ destination }) => {
    const name = String(destination) as keyof typeof made;
    const treatment = until[name]?.(made[name]) ?? { take: "paid", answer: "word" };
    reached.get(name)?.();
    return treatment;
  };
  await start();
  // The one that was confirmed before the first kill is paid without anybody's doing.
  await expect.poll(async () => (await get(made.confirmed)).status, { timeout: 30_000 }).toBe("paid");
  expect((await get(made.confirming)).status).toBe("created");
  const later = ["marked", "asked", "taken", "answered", "settled", "called"] as const;
  const arrived = later.map(at);
  for (const name of later) await confirm(made[name]);
  await Promise.all(arrived);
  await expect.poll(async () => (await get(made.settled)).status, { timeout: 30_000 }).toBe("paid");
  await holdRow(made.called);
  const calling = provider
    .callBack(`${server.url}${callBackTo}`, { key: made.called.id, state: "paid" })
    .catch(() => "broken off");
  // The answer of 6, the job of 7, the call-back of 8.
  await psql.untilBlocked(3);
  await crash();
  expect(await calling).toBe("broken off");
  expect([pays(made.marked), pays(made.taken), pays(made.answered)]).toEqual([0, 1, 1]);

  provider.treat = () => ({ take: "paid", answer: "word" });
  for (const name of ["asked", "called"] as const) {
    const entry = provider.book.get(made[name].id);
    if (entry) provider.book.set(made[name].id, { ...entry, state: "paid" });
  }
  await start();
  // Whoever never heard the answer says it again, with the same key.
  expect((await confirm(made.confirming, "same key")).status).toBe("processing");
  expect(
    (await provider.callBack(`${server.url}${callBackTo}`, { key: made.called.id, state: "paid" })).status,
  ).toBe(200);
  await timePasses();
  for (const name of names)
    await expect.poll(async () => (await get(made[name])).status, { timeout: 20_000 }).toBe("paid");
  for (const name of names) {
    expect([name, pays(made[name]), provider.book.get(made[name].id)?.sends]).toEqual([name, 1, 1]);
    const events = await psql.run<{ type: string }>(
      "select type from ticket_events where ticket_id = $1 and type like 'payout.%' order by seq",
      [uuid(made[name])],
    );
    expect(events.map(({ type }) => type)).toEqual(["payout.created", "payout.processing", "payout.paid"]);
  }
  expect(provider.forged).toBe(0);
  spent += deduction * BigInt(names.length);
  await expectWhole();
}, 120_000);

test("kill -9 under load, with a provider that breaks off two answers of three: each payout is paid exactly once", async () => {
  let told = 0;
  const answers = ["word", "cut", "error"] as const;
  provider.treat = () => ({ take: "paid", answer: answers[told++ % 3] ?? "word" });
  const made: Payout[] = [];
  for (let n = 0; n < 24; n++) made.push(await create(desk, `load-${n}`));
  const confirmAll = () =>
    made.map((payout) => confirm(payout, `confirm ${payout.id}`).catch(() => undefined));
  const broken = confirmAll();
  await expect
    .poll(() => made.filter((payout) => pays(payout) > 0).length, { interval: 2 })
    .toBeGreaterThan(2);
  await crash();
  await Promise.all(broken);
  await start();
  // Whoever was not answered says it again, with the same key.
  await Promise.all(confirmAll());
  const unpaid = async () => {
    await timePasses();
    return psql.run("select id from payouts where status <> 'paid'");
  };
  await expect.poll(unpaid, { timeout: 60_000, interval: 500 }).toEqual([]);
  expect(made.map(pays)).toEqual(made.map(() => 1));
  spent += deduction * BigInt(made.length);
  await expectWhole();
}, 120_000);
