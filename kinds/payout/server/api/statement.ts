import { type QueryOf, type SuccessOf, toPublicId } from "@okno/contract";
import { type Queryable, refuse } from "@okno/kit";
import type { payoutDeskRoutes, StatementEntry } from "../../contract.ts";
import type { Desk } from "../core/desks.ts";
import { payoutMethods } from "../methods.ts";
import { formatMinor } from "../money/decimal.ts";
import { afterAll } from "./desk-queries.ts";
import { listStatementPage, listWholeStatement, type Period, type PostingRow } from "./statement-queries.ts";

type Tables = typeof payoutDeskRoutes;

/** More than this in one file is asked for in parts. */
const mostEntries = 50_000;

/** The least id of a moment: ids begin with their time. */
function idAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}

export function periodOf({ from, to }: { from?: string | undefined; to?: string | undefined }): Period {
  return { from: idAt(new Date(from ?? 0)), to: to === undefined ? afterAll : idAt(new Date(to)) };
}

/** @throws unknown_reference */
function methodOf(code: string) {
  const method = payoutMethods.get(code);
  if (!method) throw unknownMethod();
  return method;
}

const unknownMethod = () =>
  refuse("unknown_reference", {}, [{ pointer: "query/method", message: "the desk has no such method" }]);

type Posting = PostingRow & { id: string };
const isPosting = (row: PostingRow): row is Posting => row.id !== null;

function present(row: Posting, { code, currency, precision }: ReturnType<typeof methodOf>): StatementEntry {
  const { id, what, payout_id: payout, reference, note } = row;
  return {
    id,
    at: row.at.toISOString(),
    what,
    method: code,
    currency,
    amount: formatMinor(BigInt(row.amount), precision),
    available: formatMinor(BigInt(row.change), precision),
    payout: payout && toPublicId("payout", payout),
    reference,
    note,
  };
}

/** @throws invalid_cursor */
function before(cursor: string | undefined): string {
  if (cursor === undefined) return afterAll;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(cursor)) throw refuse("invalid_cursor");
  return cursor;
}

/** One page of postings, newest first, and what was available around the period. @throws unknown_reference, invalid_cursor */
export async function readStatement(
  db: Queryable,
  desk: Desk,
  query: QueryOf<Tables["statement"]>,
): Promise<SuccessOf<Tables["statement"]>> {
  const method = methodOf(query.method);
  const rows = await listStatementPage(db, desk, query.method, {
    ...periodOf(query),
    before: before(query.cursor),
    limit: query.limit + 1,
  });
  const [first] = rows;
  if (!first) throw unknownMethod();
  const found = rows.filter(isPosting);
  const shown = found.slice(0, query.limit);
  return {
    data: shown.map((row) => present(row, method)),
    nextCursor: found.length > query.limit ? (shown.at(-1)?.id ?? null) : null,
    ...totalsOf(first, method),
  };
}

function totalsOf(row: PostingRow, { precision }: ReturnType<typeof methodOf>) {
  const decimal = (minor: string) => formatMinor(BigInt(minor), precision);
  return {
    opening: decimal(row.opening),
    incoming: decimal(row.incoming),
    outgoing: decimal(row.outgoing),
    closing: decimal(row.closing),
  };
}

/** The whole period at once, oldest first, each posting with the balance after it. @throws unknown_reference, limit_reached */
export async function wholeStatement(
  db: Queryable,
  desk: Desk,
  query: QueryOf<Tables["statementCsv"]>,
  most: number,
) {
  const method = methodOf(query.method);
  const rows = await listWholeStatement(db, desk, query.method, { ...periodOf(query), limit: most + 1 });
  const [first] = rows;
  if (!first) throw unknownMethod();
  if (rows.length > most) throw refuse("limit_reached", { most });
  const entries = rows.filter(isPosting).map((row) => ({
    ...present(row, method),
    after: formatMinor(BigInt(row.available ?? "0"), method.precision),
  }));
  return { method, ...totalsOf(first, method), entries };
}

/** A field of text: quoted, and never a formula to the program that opens it. */
function field(text: string | null): string {
  const harmless = (text ?? "").replace(/^[=+\-@\t\r]/u, "'$&");
  return /[",\r\n]/u.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const header = "at,what,method,currency,amount,change,available,payout,reference,note";

/** The whole period as CSV (RFC 4180), oldest first, with the balance after each posting. @throws unknown_reference, limit_reached */
export async function statementCsv(
  db: Queryable,
  desk: Desk,
  query: QueryOf<Tables["statementCsv"]>,
): Promise<string> {
  const { method, opening, closing, entries } = await wholeStatement(db, desk, query, mostEntries);
  const { code, currency } = method;
  const line = ({ at, what, amount, available, after, payout, reference, note }: (typeof entries)[number]) =>
    [at, what, code, currency, amount, available, after, payout ?? "", reference ?? "", field(note)].join(
      ",",
    );
  const around = (what: string, sum: string) => ["", what, code, currency, "", "", sum, "", "", ""].join(",");
  const lines = [header, around("opening", opening), ...entries.map(line), around("closing", closing)];
  // The mark by which spreadsheets know UTF-8.
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}
