import { type Queryable, statement } from "@okno/kit";
import type { DeskMethod } from "../core/desks.ts";
import { type PayoutRow, payoutColumns } from "../core/row.ts";
import { type InvoiceRow, invoiceColumns } from "./invoice-row.ts";

/** Where a desk is. */
export type Place = { workspace_id: string; desk_id: string };

const place = statement(
  "compat.find_place",
  "select workspace_id, desk_id from payout_desk_logins where login = $1",
);

export async function findPlace(db: Queryable, login: string): Promise<Place | undefined> {
  const [row] = await db.query<Place>(place, [login]);
  return row;
}

/** A desk's method with what the desk itself adds to the price of an invoice. */
export type CompatMethodRow = DeskMethod & { extra_percent: string };

const methods = statement(
  "compat.list_methods",
  `select desk_id, method, enabled, percent, fixed::text as fixed, smallest::text as smallest, largest::text as largest, processor, version,
     extra_percent
   from payout_methods where workspace_id = $1 and desk_id = $2 order by method`,
);

export function listMethodsByDesk(
  db: Queryable,
  { workspaceId, deskId }: OfDesk,
): Promise<CompatMethodRow[]> {
  return db.query<CompatMethodRow>(methods, [workspaceId, deskId]);
}

const editMethod = statement(
  "compat.edit_method",
  `update payout_methods set enabled = coalesce($4, enabled), extra_percent = coalesce($5, extra_percent), version = version + 1
   where workspace_id = $1 and desk_id = $2 and method = $3 returning method`,
);

/** @returns false where the desk has no such method. */
export async function updateMethod(
  tx: Queryable,
  { workspaceId, deskId }: OfDesk,
  { method, enabled, extraPercent }: { method: string; enabled: boolean | null; extraPercent: string | null },
): Promise<boolean> {
  const rows = await tx.query(editMethod, [workspaceId, deskId, method, enabled, extraPercent]);
  return rows.length > 0;
}

export type OfDesk = { workspaceId: string; deskId: string };

/** A page by its number: the interface knows no cursor. Instants are compared by the ids, which begin with them. */
export type Paged = { from: string; to: string; skip: number; most: number };

const earliest = "00000000-0000-0000-0000-000000000000";
const latest = "ffffffff-ffff-ffff-ffff-ffffffffffff";

function idAt(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** The ids that were made from one instant on and before another. */
export function idsBetween(from: Date | undefined, to: Date | undefined): Pick<Paged, "from" | "to"> {
  return { from: from ? idAt(from) : earliest, to: to ? idAt(to) : latest };
}

// The page is found in the index alone; rows are read for it, not for what is skipped.
const payouts = statement(
  "compat.page_payouts",
  `select ${payoutColumns} from (
     select id from payouts where workspace_id = $1 and desk_id = $2 and id >= $3 and id < $4 order by id desc offset $5 limit $6
   ) page join payouts p on p.workspace_id = $1 and p.id = page.id order by p.id desc`,
);
const invoices = statement(
  "compat.page_invoices",
  `select ${invoiceColumns} from (
     select id from payout_invoices where workspace_id = $1 and desk_id = $2 and id >= $3 and id < $4 order by id desc offset $5 limit $6
   ) page join payout_invoices i on i.workspace_id = $1 and i.id = page.id order by i.id desc`,
);

const pageValues = ({ workspaceId, deskId }: OfDesk, { from, to, skip, most }: Paged) => [
  workspaceId,
  deskId,
  from,
  to,
  skip,
  most,
];

export function listPayoutsByDesk(db: Queryable, of: OfDesk, paged: Paged): Promise<PayoutRow[]> {
  return db.query<PayoutRow>(payouts, pageValues(of, paged));
}

export function listInvoicesByDesk(db: Queryable, of: OfDesk, paged: Paged): Promise<InvoiceRow[]> {
  return db.query<InvoiceRow>(invoices, pageValues(of, paged));
}

const findInvoice = statement(
  "compat.find_invoice",
  `select ${invoiceColumns} from payout_invoices i where i.workspace_id = $1 and i.reference = $2 and i.desk_id = $3`,
);

/** Within one desk: another desk's invoice is not found. */
export async function findInvoiceByReference(
  db: Queryable,
  { workspaceId, deskId }: OfDesk,
  reference: string,
): Promise<InvoiceRow | undefined> {
  const [row] = await db.query<InvoiceRow>(findInvoice, [workspaceId, reference, deskId]);
  return row;
}

/** How many there are, how many were paid, and what these were worth in kopecks. */
export type Summary = { total: number; paid: number; rub: string };

const paidSums = (state: string) =>
  `count(*)::bigint as total, count(*) filter (where ${state})::bigint as paid,
   coalesce(sum(rub_amount) filter (where ${state}), 0)::text as rub`;
const sumPayouts = statement(
  "compat.sum_payouts",
  `select ${paidSums("status = 'paid'")} from payouts where workspace_id = $1 and desk_id = $2 and id >= $3`,
);
const sumInvoices = statement(
  "compat.sum_invoices",
  `select ${paidSums("state = 'payed'")} from payout_invoices where workspace_id = $1 and desk_id = $2 and id >= $3`,
);

async function summary(
  db: Queryable,
  of: OfDesk,
  { what, since }: { what: typeof sumPayouts; since: Date | undefined },
): Promise<Summary> {
  const [row] = await db.query<Summary>(what, [of.workspaceId, of.deskId, since ? idAt(since) : earliest]);
  return row ?? { total: 0, paid: 0, rub: "0" };
}

export const sumPayoutsByDesk = (db: Queryable, of: OfDesk, since?: Date) =>
  summary(db, of, { what: sumPayouts, since });
export const sumInvoicesByDesk = (db: Queryable, of: OfDesk, since?: Date) =>
  summary(db, of, { what: sumInvoices, since });
