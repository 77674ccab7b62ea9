import type { PayoutRow } from "../core/row.ts";
import { formatMinor } from "../money/decimal.ts";
import { divide } from "../money/ratio.ts";
import { type CompatCall, type CompatHandler, CompatTable } from "./context.ts";
import { csvOf } from "./csv.ts";
import { formatDate } from "./dates.ts";
import { ofDesk } from "./desk.ts";
import type { InvoiceRow } from "./invoice-row.ts";
import { exactNumber } from "./json.ts";
import { presentInvoice } from "./present-invoice.ts";
import { payoffStates, presentPayoff, walletOf } from "./present-payoff.ts";
import {
  idsBetween,
  listInvoicesByDesk,
  listPayoutsByDesk,
  type Paged,
  type Summary,
  sumInvoicesByDesk,
  sumPayoutsByDesk,
} from "./queries.ts";
import { no } from "./refusal.ts";

const kopecks = 2;
const pages = { least: 1, most: 10_000 };
const itemsOfPage = { least: 1, most: 100 };
const dayMs = 86_400_000;
const reader = ({ deps, desk }: CompatCall) => deps.ports.db.in(desk.workspace_id);

/** From when a report counts: `period` days back. */
function sinceOf({ deps, fields }: CompatCall): Date | undefined {
  const days = fields.whole("period", { least: 1, most: 3660 });
  return days === undefined ? undefined : new Date(deps.ports.clock.now().getTime() - days * dayMs);
}

function pageOf(call: CompatCall): Paged & { items: number } {
  const { fields } = call;
  const page = fields.requiredWhole("page", pages);
  const items = fields.requiredWhole("items", itemsOfPage);
  const since = call.version === "v3" ? sinceOf(call) : undefined;
  const between = idsBetween(fields.instant("date_from") ?? since, fields.instant("date_to"));
  // One more than is shown: whether there is a next page.
  return { ...between, items, skip: (page - 1) * items, most: items + 1 };
}

/** `history/payoffs` */
export const payoffs: CompatHandler = async (call) => {
  const page = pageOf(call);
  const rows = await listPayoutsByDesk(reader(call), ofDesk(call), page);
  return {
    payoffs: rows.slice(0, page.items).map((row) => ({
      id: row.reference,
      state: payoffStates[row.status],
      method: row.method,
      currency: row.currency,
      amount: exactNumber(formatMinor(BigInt(row.amount), row.scale)),
      created_at: formatDate(row.created_at, call.dates),
    })),
  };
};

/** `history/payments` */
export const payments: CompatHandler = async (call) => {
  const page = pageOf(call);
  const rows = await listInvoicesByDesk(reader(call), ofDesk(call), page);
  return {
    payments: rows.slice(0, page.items).map((row) => ({
      id: row.reference,
      state: row.state,
      method: row.state === "payed" ? row.method : null,
      currency: row.currency,
      amount: exactNumber(formatMinor(BigInt(row.rub_amount), kopecks)),
      created_at: formatDate(row.created_at, call.dates),
      expired_at: formatDate(row.expires_at, call.dates),
    })),
  };
};

const countedIn2 = ({ rub, total, paid }: Summary) => ({
  payed_amount: exactNumber(formatMinor(BigInt(rub), kopecks)),
  total_count: total,
  payed_count: paid,
});

/** `history/summary` */
export const summary: CompatHandler = async (call) => {
  const of = ofDesk(call);
  const [incoming, outgoing] = await Promise.all([
    sumInvoicesByDesk(reader(call), of),
    sumPayoutsByDesk(reader(call), of),
  ]);
  return { incoming: countedIn2(incoming), outgoing: countedIn2(outgoing) };
};

type Report<Row> = {
  list(db: ReturnType<typeof reader>, of: ReturnType<typeof ofDesk>, page: Paged): Promise<Row[]>;
  show(call: CompatCall, row: Row): Record<string, unknown>;
};

function report<Row>({ list, show }: Report<Row>): CompatHandler {
  return async (call) => {
    const page = pageOf(call);
    const wantsTable = call.fields.flag("export_csv") ?? false;
    const rows = await list(reader(call), ofDesk(call), page);
    const items = rows.slice(0, page.items).map((row) => show(call, row));
    if (wantsTable) return new CompatTable(csvOf(items));
    return { items, has_next_page: rows.length > page.items };
  };
}

/** `report/payoff/history` */
export const payoffReport = report<PayoutRow>({
  list: listPayoutsByDesk,
  show: ({ deps, dates }, payout) =>
    presentPayoff("v3", { payout, wallet: walletOf(deps.ports, payout), dates }),
});

/** `report/invoice/history` */
export const invoiceReport = report<InvoiceRow>({
  list: listInvoicesByDesk,
  show: ({ dates }, invoice) => presentInvoice("v3", { invoice, dates }),
});

const hundredths = 10_000n;

function counted(sum: typeof sumPayoutsByDesk): CompatHandler {
  return async (call) => {
    if (call.fields.flag("export_pdf")) throw no("`export_pdf` is not offered");
    const { total, paid, rub } = await sum(reader(call), ofDesk(call), sinceOf(call));
    const conversion = total === 0 ? 0n : divide(BigInt(paid) * hundredths, BigInt(total), "half_even");
    return {
      payed_rub_amount: formatMinor(BigInt(rub), kopecks),
      payed_count: paid,
      total_count: total,
      conversion_percent: formatMinor(conversion, 2),
    };
  };
}

/** `report/payoff/summary` and `report/invoice/summary` */
export const payoffSummary = counted(sumPayoutsByDesk);
export const invoiceSummary = counted(sumInvoicesByDesk);
