import type { KindPorts, Transaction } from "@okno/kit";
import { confirmPayout } from "./core/confirm.ts";
import { createPayout } from "./core/create.ts";
import type { PayoutDeps } from "./core/deps.ts";
import type { Desk } from "./core/desks.ts";
import { cancelPayout, doubtPayout, endPayout, lockPayout } from "./core/move.ts";
import { preparePayout } from "./core/prepare.ts";

const actor = { kind: "system", id: null } as const;

type Becomes = "created" | "paid" | "failed" | "doubted" | "cancelled";
type Scene = { method: string; amount: string; destination: string; purpose: string; becomes: Becomes };

// Card and phone numbers of the sandbox, a name, and an address with which every guide to Bitcoin begins: nobody's.
const scenes: readonly Scene[] = [
  {
    method: "SBP",
    amount: "4990",
    destination: "+79000000000",
    purpose: "Возврат за заказ 10412",
    becomes: "paid",
  },
  {
    method: "CARDRUB",
    amount: "12500",
    destination: "2200000000000004",
    purpose: "Вознаграждение",
    becomes: "paid",
  },
  {
    method: "BITCOIN",
    amount: "0.0125",
    destination: "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    purpose: "Вывод по заявке 77",
    becomes: "paid",
  },
  {
    method: "SBP",
    amount: "18700",
    destination: "+79000000002",
    purpose: "Возврат за заказ 10436",
    becomes: "failed",
  },
  {
    method: "TEST",
    amount: "35000",
    destination: "Мария unknown",
    purpose: "Расчёт с подрядчиком",
    becomes: "doubted",
  },
  {
    method: "SBP",
    amount: "900",
    destination: "+79000000000",
    purpose: "Двойная оплата",
    becomes: "cancelled",
  },
  {
    method: "CARDRUB",
    amount: "7300",
    destination: "2200000000000004",
    purpose: "Выигрыш",
    becomes: "created",
  },
];

/** From created to where the demo shows it. What was confirmed has ended, or waits for a person: its job finds nothing to do. */
async function become(deps: PayoutDeps, tx: Transaction, id: string, becomes: Becomes): Promise<void> {
  if (becomes === "created") return;
  const locked = () => lockPayout(deps, tx, id, null);
  const act = { actor, now: deps.ports.clock.now() };
  if (becomes === "cancelled") {
    await cancelPayout(deps, tx, await locked(), { ...act, why: "Canceled" });
    return;
  }
  await confirmPayout(deps, tx, await locked(), { actor, evidence: { by: "demo" } });
  if (becomes === "doubted")
    await doubtPayout(deps, tx, await locked(), { ...act, why: "provider_unknown", reference: null });
  else if (becomes === "paid")
    await endPayout(deps, tx, await locked(), { ...act, outcome: "paid", message: "Paid", reference: null });
  else
    await endPayout(deps, tx, await locked(), {
      ...act,
      outcome: "failed",
      message: "The receiver's bank has refused it",
      reference: null,
    });
}

/** Payouts as the window and the cabinet show them: paid, waiting, failed, in doubt. */
export async function furnishPayouts(ports: KindPorts, tx: Transaction, desk: Desk): Promise<void> {
  const deps: PayoutDeps = { ports, tellMerchant: async () => undefined };
  for (const { becomes, ...asked } of scenes) {
    const found = await preparePayout(tx, desk, { ...asked, subtractFrom: "balance" });
    if (!found.ok) throw new Error(`a payout of the demo is refused: ${asked.method} ${found.why}`);
    const number = await ports.tickets.takeNumber(tx.workspaceId);
    const { id } = await createPayout(deps, tx, desk, { prepared: found.prepared, actor, number });
    await become(deps, tx, id, becomes);
  }
}
