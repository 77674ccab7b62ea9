import type { Role } from "@okno/contract";
import { statement, type Transaction } from "@okno/kit";
import type { PayoutDeps } from "../core/deps.ts";
import type { LockedPayout } from "../core/move.ts";
import { type Rule, type Suspicion, strictestRule, suspicionsOf } from "./decide.ts";

/** Whose approval a payout needs, and why. */
export type Demand = {
  ruleId: string | null;
  why: ("rule" | Suspicion)[];
  needed: number;
  role: Role;
  members: string[] | null;
  hours: number;
};

const dayMs = 86_400_000;
/** What one person of this role decides where something is suspicious and no rule says more. */
const unasked = { ruleId: null, needed: 1, role: "supervisor", members: null, hours: 168 } as const;

// The rules of the desk, and what it has seen of this destination and of such amounts: by the indexes of payouts, a bounded number each.
const look = statement(
  "payouts.look",
  `select
     (select coalesce(json_agg(json_build_object('id', r.id, 'method', r.method, 'amount_from', r.amount_from::text, 'needed', r.needed,
        'new_destination', r.new_destination, 'role', r.role, 'members', r.members, 'hours', r.hours)), '[]')
      from payout_approval_rules r where r.workspace_id = $1 and r.desk_id = $2 and (r.method is null or r.method = $4)) as rules,
     not exists (select from payouts k where k.workspace_id = $1 and k.desk_id = $2 and k.destination_digest = $3 and k.status = 'paid')
       as new_destination,
     (select count(*)::int from (select from payouts d where d.workspace_id = $1 and d.desk_id = $2 and d.destination_digest = $3
        and d.id <> $5 and d.created_at > $6 and d.status <> 'cancelled' limit 1000) as lately) as to_destination,
     u.paid_lately, u.usual::text as usual
   from (select count(*)::int as paid_lately, percentile_disc(0.5) within group (order by lately.amount) as usual
         from (select p.amount from payouts p where p.workspace_id = $1 and p.desk_id = $2 and p.status = 'paid' and p.method = $4
               order by p.id desc limit 50) as lately) as u`,
);

type Looked = {
  rules: Rule[];
  new_destination: boolean;
  to_destination: number;
  paid_lately: number;
  usual: string | null;
};

/** Suspected before it was confirmed: such a word stands in `attention`. */
const before = (attention: string | null): Suspicion[] =>
  attention === "signature_reused" ? [attention] : [];

/** Whose approval a payout needs; undefined when it may go at once. A desk without rules and watch is asked nothing. */
export async function demandFor(
  { ports }: PayoutDeps,
  tx: Transaction,
  { payout, desk }: LockedPayout,
): Promise<Demand | undefined> {
  const { watch_same_destination: sameDestination, watch_unusual_times: unusualTimes } = desk;
  const watched = sameDestination !== null || unusualTimes !== null;
  if (!desk.has_rules && !watched && payout.attention === null) return undefined;
  const yesterday = new Date(ports.clock.now().getTime() - dayMs);
  const values = [tx.workspaceId, desk.id, payout.destination_digest, payout.method, payout.id, yesterday];
  const [seen] = await tx.query<Looked>(look, values);
  if (!seen) throw new Error("nothing was seen of a desk");
  const amount = BigInt(payout.amount);
  const rule = strictestRule(seen.rules, {
    method: payout.method,
    amount,
    rub: payout.rub_amount === null ? null : BigInt(payout.rub_amount),
    newDestination: seen.new_destination,
  });
  const usual = seen.usual === null ? null : BigInt(seen.usual);
  const lately = { toDestination: seen.to_destination, paidLately: seen.paid_lately, usual };
  const suspicions = [
    ...before(payout.attention),
    ...suspicionsOf(amount, lately, { sameDestination, unusualTimes }),
  ];
  if (!rule) return suspicions.length > 0 ? { ...unasked, why: suspicions } : undefined;
  const { id, needed, role, members, hours } = rule;
  return { ruleId: id, why: ["rule", ...suspicions], needed, role, members, hours };
}
