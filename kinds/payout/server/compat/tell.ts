import type { KindPorts, Transaction } from "@okno/kit";
import { compatSignature } from "@okno/signing";
import { type Desk, saltsOf } from "../core/desks.ts";
import type { PayoutRow } from "../core/row.ts";
import type { InvoiceRow } from "./invoice-row.ts";
import { presentInvoice } from "./present-invoice.ts";
import { payoffStates, presentPayoff, storableWalletOf } from "./present-payoff.ts";

type Called = {
  ticketId: string;
  url: string;
  reference: string;
  what: string;
  body: Record<string, unknown>;
};

/** A call-back is signed by the current salt over `id:salt`, as the founding interface signs: it covers neither state nor sums. */
async function enqueue(
  ports: KindPorts,
  tx: Transaction,
  desk: Desk,
  { ticketId, url, reference, what, body }: Called,
): Promise<void> {
  const { callbacks, clock } = ports;
  const [salt = ""] = saltsOf(ports, desk);
  await callbacks.enqueue(tx, {
    workspaceId: tx.workspaceId,
    projectId: desk.project_id,
    ticketId,
    url,
    body: JSON.stringify({ signature: compatSignature([reference], salt), ...body }),
    what,
    now: clock.now(),
  });
}

/**
 * Tells a payout's merchant of its new state, in the transaction that changed it: at the payout's own address, or at the desk's. A
 * creation is no news, nor is a wait for an approval, which merchants see as `created`. In the words of the version it was created by;
 * in version 3's where it was created natively.
 */
export function tellMerchantBy(ports: KindPorts) {
  return async (tx: Transaction, payout: PayoutRow, desk: Desk): Promise<void> => {
    const url = payout.callback_url || desk.default_callback_url || "";
    if (url === "" || payoffStates[payout.status] === "created") return;
    const version = payout.made_by === "v2" ? "v2" : "v3";
    const wallet = storableWalletOf(ports, payout);
    await enqueue(ports, tx, desk, {
      ticketId: payout.id,
      url,
      reference: payout.reference,
      what: `payout.${payout.status}`,
      body: presentPayoff(version, { payout, wallet, dates: "iso" }),
    });
  };
}

/** The same for an invoice, which is no ticket: its own id keeps its call-backs in order. */
export async function tellOfInvoice(
  ports: KindPorts,
  tx: Transaction,
  { invoice, desk }: { invoice: InvoiceRow; desk: Desk },
): Promise<void> {
  const url = invoice.callback_url || desk.default_callback_url || "";
  if (url === "") return;
  await enqueue(ports, tx, desk, {
    ticketId: invoice.id,
    url,
    reference: invoice.reference,
    what: `invoice.${invoice.state}`,
    body: presentInvoice(invoice.made_by, { invoice, dates: "iso" }),
  });
}
