import { type Queryable, statement } from "@okno/kit";

/** Accounts of one desk and method. Only `available` has a stored balance; the others are sums of postings. */
export const accountRoles = [
  "funding",
  "available",
  "reserved",
  "in_flight",
  "paid_out",
  "commission",
] as const;
export type AccountRole = (typeof accountRoles)[number];

const openAccounts = statement(
  "payouts.open_accounts",
  `insert into ledger_accounts (workspace_id, id, desk_id, method, role, balance)
   select $1, gen_random_uuid(), $2, m, r, case r when 'available' then 0 end
   from unnest($3::text[]) as m cross join unnest($4::text[]) as r
   on conflict do nothing`,
);

/** Opens a desk's accounts for its methods; those that are there stay. */
export async function openLedgerAccounts(
  tx: Queryable,
  workspaceId: string,
  deskId: string,
  methods: readonly string[],
): Promise<void> {
  await tx.query(openAccounts, [workspaceId, deskId, methods, accountRoles]);
}

// Money comes in from outside, or goes back: the balance and its posting in one statement.
const fund = statement(
  "payouts.fund",
  `with changed as (
     update ledger_accounts set balance = balance + $5::numeric
     where workspace_id = $1 and desk_id = $2 and method = $3 and role = 'available'
     returning id
   )
   insert into ledger_postings (workspace_id, id, desk_id, method, what, note, debit_id, credit_id, amount, at)
   select $1, $4, $2, $3, $7, $8,
     case when $5::numeric > 0 then f.id else changed.id end, case when $5::numeric > 0 then changed.id else f.id end, abs($5::numeric), $6
   from changed join ledger_accounts f on f.workspace_id = $1 and f.desk_id = $2 and f.method = $3 and f.role = 'funding'
   returning 1`,
);

/**
 * Puts funds on a desk's account, or takes them off it (a negative amount).
 * @returns false where the desk has no such account. @throws the database's own refusal of a balance below nothing.
 */
export async function fundDesk(
  tx: Queryable,
  of: { workspaceId: string; deskId: string; method: string },
  { id, amount, at, note = null }: { id: string; amount: bigint; at: Date; note?: string | null },
): Promise<boolean> {
  const what = amount > 0n ? "fund" : "withdraw";
  const rows = await tx.query(fund, [
    of.workspaceId,
    of.deskId,
    of.method,
    id,
    String(amount),
    at,
    what,
    note,
  ]);
  return rows.length > 0;
}

export type Balance = { method: string; available: string; reserved: string; in_flight: string };

// What is reserved and what is in flight are sums over the payouts that have not ended: few, and found by their own index.
const balances = statement(
  "payouts.balances",
  `select a.method, a.balance::text as available,
     coalesce(sum(p.deduction) filter (where p.status in ('created', 'approving')), 0)::text as reserved,
     coalesce(sum(p.deduction) filter (where p.status = 'processing'), 0)::text as in_flight
   from ledger_accounts a
   left join payouts p on p.workspace_id = a.workspace_id and p.desk_id = a.desk_id and p.method = a.method
     and p.status in ('created', 'approving', 'processing')
   where a.workspace_id = $1 and a.desk_id = $2 and a.role = 'available'
   group by a.method, a.balance order by a.method`,
);

/** A desk's funds by method, in minor units. */
export function listBalances(db: Queryable, workspaceId: string, deskId: string): Promise<Balance[]> {
  return db.query<Balance>(balances, [workspaceId, deskId]);
}

// Three readings of the same money must agree: stored balances, postings, and the payouts' own states.
const verify = statement(
  "payouts.verify_ledger",
  `with sums as (
     select a.id, a.desk_id, a.method, a.role, a.balance,
       coalesce((select sum(amount) from ledger_postings c where c.workspace_id = $1 and c.credit_id = a.id), 0)
       - coalesce((select sum(amount) from ledger_postings d where d.workspace_id = $1 and d.debit_id = a.id), 0) as posted
     from ledger_accounts a where a.workspace_id = $1 and ($2::uuid is null or a.desk_id = $2)
   ), held as (
     select desk_id, method,
       sum(deduction) filter (where status in ('created', 'approving')) as reserved,
       sum(deduction) filter (where status = 'processing') as in_flight,
       sum(receive) filter (where status = 'paid') as paid_out,
       sum(commission) filter (where status = 'paid') as commission
     from payouts where workspace_id = $1 and ($2::uuid is null or desk_id = $2) group by desk_id, method
   )
   select s.desk_id, s.method, s.role, s.posted::text as posted,
     case s.role when 'available' then s.balance when 'reserved' then coalesce(h.reserved, 0) when 'in_flight' then coalesce(h.in_flight, 0)
       when 'paid_out' then coalesce(h.paid_out, 0) when 'commission' then coalesce(h.commission, 0) end::text as expected
   from sums s left join held h on h.desk_id = s.desk_id and h.method = s.method
   where s.role <> 'funding' and s.posted is distinct from
     case s.role when 'available' then s.balance when 'reserved' then coalesce(h.reserved, 0) when 'in_flight' then coalesce(h.in_flight, 0)
       when 'paid_out' then coalesce(h.paid_out, 0) when 'commission' then coalesce(h.commission, 0) end`,
);

export type LedgerFault = {
  desk_id: string;
  method: string;
  role: AccountRole;
  posted: string;
  expected: string;
};

/** Where stored balances, postings and payouts disagree; empty when the ledger is whole. Reads everything: for jobs and tests. */
export function verifyLedger(
  db: Queryable,
  workspaceId: string,
  deskId: string | null = null,
): Promise<LedgerFault[]> {
  return db.query<LedgerFault>(verify, [workspaceId, deskId]);
}
