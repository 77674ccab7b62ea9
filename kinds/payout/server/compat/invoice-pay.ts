import { toPublicId } from "@okno/contract";
import { kindJob, statement, type Transaction } from "@okno/kit";
import { z } from "zod";
import type { PayoutDeps } from "../core/deps.ts";
import { type Desk, deskById } from "../core/desks.ts";
import { fundDesk } from "../core/ledger.ts";
import { formatMinor } from "../money/decimal.ts";
import { type InvoiceRow, invoiceColumns } from "./invoice-row.ts";
import { tellOfInvoice } from "./tell.ts";

const lock = statement(
  "compat.lock_invoice",
  `select ${invoiceColumns} from payout_invoices i where i.workspace_id = $1 and i.id = $2 for update`,
);
const end = statement(
  "compat.end_invoice",
  `update payout_invoices i set state = $3, final_at = $4 where i.workspace_id = $1 and i.id = $2 and i.state = 'notpayed'
   returning ${invoiceColumns}`,
);

export const payInvoiceJobName = "payout.pay_invoice";

/** What a test says in `extra` so that nobody pays: the invoice fails when its time is over. */
export const staysUnpaid = (extra: string) => extra.toLowerCase().endsWith("unpaid");

async function fund(
  deps: PayoutDeps,
  tx: Transaction,
  { desk, invoice }: { desk: Desk; invoice: InvoiceRow },
) {
  const { ports } = deps;
  const of = { workspaceId: tx.workspaceId, deskId: desk.id, method: invoice.method };
  const amount = BigInt(invoice.balance_amount);
  if (!(await fundDesk(tx, of, { id: ports.newId(), amount, at: ports.clock.now() })))
    throw new Error("the desk of an invoice has no account for its method");
  await ports.tell(tx, {
    type: "payout_desk.funded",
    projectId: desk.project_id,
    actor: { kind: "system", id: null },
    data: {
      desk: toPublicId("desk", desk.id),
      method: invoice.method,
      amount: formatMinor(amount, invoice.scale),
      by: "invoice",
    },
  });
}

/** What becomes of an invoice now; undefined: nothing yet, or nothing more. */
function fateOf({ state, extra, expires_at: until }: InvoiceRow, desk: Desk, now: Date) {
  if (state !== "notpayed") return undefined;
  const late = until <= now;
  if (late || desk.mode !== "sandbox") return "failed";
  return staysUnpaid(extra) ? undefined : "payed";
}

async function settle(deps: PayoutDeps, tx: Transaction, invoiceId: string): Promise<void> {
  const [invoice] = await tx.query<InvoiceRow>(lock, [tx.workspaceId, invoiceId]);
  const desk = invoice && (await deskById(tx, tx.workspaceId, invoice.desk_id));
  const now = deps.ports.clock.now();
  const fate = desk && fateOf(invoice, desk, now);
  if (!fate) return;
  if (fate === "payed") await fund(deps, tx, { desk, invoice });
  const [ended] = await tx.query<InvoiceRow>(end, [tx.workspaceId, invoiceId, fate, now]);
  if (ended) await tellOfInvoice(deps.ports, tx, { invoice: ended, desk });
}

/** A sandbox invoice pays itself, in time and once, and the desk is funded; one that must not be paid fails when its time is over. */
export function payInvoiceJob(deps: PayoutDeps) {
  return kindJob({
    name: payInvoiceJobName,
    payload: z.object({ invoiceId: z.string() }),
    async run({ invoiceId }, { workspaceId }) {
      if (workspaceId === null) throw new Error("an invoice belongs to a workspace");
      await deps.ports.db.transaction(workspaceId, (tx) => settle(deps, tx, invoiceId));
    },
  });
}
