import type { KindPorts, Transaction } from "@okno/kit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { confirmPayout } from "../../../../../kinds/payout/server/core/confirm.ts";
import { createPayout, type PreparedPayout } from "../../../../../kinds/payout/server/core/create.ts";
import type { PayoutDeps } from "../../../../../kinds/payout/server/core/deps.ts";
import { createDesk, type Desk } from "../../../../../kinds/payout/server/core/desks.ts";
import { fundDesk, listBalances, verifyLedger } from "../../../../../kinds/payout/server/core/ledger.ts";
import { cancelPayout, endPayout, lockPayout } from "../../../../../kinds/payout/server/core/move.ts";
import type { PayoutRow } from "../../../../../kinds/payout/server/core/row.ts";
import { startTestApp, type TestApp } from "../../testing/index.ts";

let app: TestApp;
let ports: KindPorts;
let deps: PayoutDeps;
let desk: Desk;
const actor = { kind: "system", id: null } as const;

const inTransaction = <T>(run: (tx: Transaction) => Promise<T>) => app.db.transaction(app.workspaceId, run);

beforeAll(async () => {
  app = await startTestApp();
  const lent = app.app.core.kinds.ports.get("payout");
  if (!lent) throw new Error("the kind payout is not registered");
  ports = lent;
  deps = { ports, tellMerchant: async () => undefined };
  const method = {
    method: "ETHEREUM",
    percent: "1",
    fixed: "0",
    smallest: "1",
    largest: "1000000",
    processor: "sandbox",
  };
  desk = await inTransaction(async (tx) => {
    const wanted = { projectId: app.projectId, name: "Касса", mode: "sandbox", methods: [method] } as const;
    return (await createDesk(ports, tx, wanted, actor)).desk;
  });
  const of = { workspaceId: app.workspaceId, deskId: desk.id, method: "ETHEREUM" };
  await inTransaction((tx) =>
    fundDesk(tx, of, { id: ports.newId(), amount: 10_000n, at: ports.clock.now() }),
  );
});
afterAll(() => app.close());

const prepared = (deduction: bigint): PreparedPayout => ({
  method: "ETHEREUM",
  currency: "ETH",
  scale: 18,
  subtractFrom: "amount",
  askedAmount: String(deduction),
  askedCurrency: "ETH",
  amountText: "0.002",
  amount: deduction,
  receive: deduction - 1n,
  commission: 1n,
  deduction,
  rub: null,
  destination: { value: "examplewallet", canonical: "examplewallet", masked: "exam…llet", extra: null },
  callbackUrl: "",
  extra: "",
  purpose: null,
  quoteExpiresAt: null,
  processor: "sandbox",
});

async function make(deduction = 100n): Promise<PayoutRow> {
  const number = await ports.tickets.takeNumber(app.workspaceId);
  return inTransaction((tx) =>
    createPayout(deps, tx, desk, { prepared: prepared(deduction), actor, number }),
  );
}

const locked = <T>(
  id: string,
  run: (tx: Transaction, found: Awaited<ReturnType<typeof lockPayout>>) => Promise<T>,
) => inTransaction(async (tx) => run(tx, await lockPayout(deps, tx, id, null)));
const confirm = (id: string) =>
  locked(id, (tx, found) => confirmPayout(deps, tx, found, { actor, evidence: { by: "test" } }));
const cancel = (id: string) =>
  locked(id, (tx, found) =>
    cancelPayout(deps, tx, found, { actor, now: ports.clock.now(), why: "Canceled" }),
  );
const end = (id: string, outcome: "paid" | "failed") =>
  locked(id, (tx, found) =>
    endPayout(deps, tx, found, { actor, now: ports.clock.now(), outcome, message: "", reference: null }),
  );

const balance = async () => {
  const [only] = await listBalances(app.db.in(app.workspaceId), app.workspaceId, desk.id);
  return only && [only.available, only.reserved, only.in_flight].map(Number);
};
const whole = async () => expect(await verifyLedger(app.db.in(app.workspaceId), app.workspaceId)).toEqual([]);

test("created reserves, confirmed is in flight, paid is settled, failed and cancelled are released; the ledger is whole after each", async () => {
  const before = (await balance()) ?? [];
  const [first, second, third] = [await make(), await make(), await make()];
  expect(await balance()).toEqual([(before[0] ?? 0) - 300, 300, 0]);
  await whole();
  expect((await confirm(first.id)).status).toBe("processing");
  await confirm(second.id);
  await cancel(third.id);
  expect(await balance()).toEqual([(before[0] ?? 0) - 200, 0, 200]);
  await whole();
  expect((await end(first.id, "paid")).status).toBe("paid");
  expect((await end(second.id, "failed")).status).toBe("failed");
  expect(await balance()).toEqual([(before[0] ?? 0) - 100, 0, 0]);
  await whole();
});

test("[PO-01] fifty confirmations of one payout at once: one is let through, the others change nothing", async () => {
  const { id } = await make();
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => confirm(id)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await whole();
});

test("a confirmation and a cancellation at once: exactly one wins, and the ledger agrees with it", async () => {
  for (let round = 0; round < 5; round++) {
    const { id } = await make();
    const results = await Promise.allSettled([confirm(id), cancel(id)]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await whole();
  }
});

test("the available balance never falls below nothing, whoever creates at the same moment", async () => {
  const left = BigInt((await balance())?.[0] ?? 0);
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => make(left / 4n)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
  for (const result of results)
    if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "insufficient_funds" });
  await whole();
});

test("the first word about a payout counts: the same again, or another, changes nothing", async () => {
  const rows = await inTransaction((tx) =>
    tx.query<{ id: string }>({ name: "", text: "select id from payouts where status = 'created' limit 1" }),
  );
  const id = rows[0]?.id ?? "";
  await confirm(id);
  await end(id, "paid");
  const once = await balance();
  expect((await end(id, "paid")).status).toBe("paid");
  expect((await end(id, "failed")).status).toBe("paid");
  expect(await balance()).toEqual(once);
  await whole();
});
