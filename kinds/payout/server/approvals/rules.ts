import { fromPublicId, toPublicId } from "@okno/contract";
import {
  type KindPorts,
  type Principal,
  type Queryable,
  refuse,
  statement,
  type Transaction,
} from "@okno/kit";
import type { z } from "zod";
import { type ApprovalRule, type ApprovalRuleInput, mostRules } from "../../contract-approvals.ts";
import type { Desk } from "../core/desks.ts";
import type { Rule } from "./decide.ts";
import { deskFor, lockDeskFor } from "./desk.ts";
import { amountText, minorOf } from "./units.ts";

type RuleInput = z.output<typeof ApprovalRuleInput>;
type RuleRow = Rule & { version: number; created_at: Date };

const columns = `r.id, r.method, r.amount_from::text as amount_from, r.new_destination, r.needed, r.role, r.members, r.hours, r.version,
  r.created_at`;

const list = statement(
  "payouts.list_rules",
  `select ${columns} from payout_approval_rules r where r.workspace_id = $1 and r.desk_id = $2 order by r.id desc`,
);
const insert = statement(
  "payouts.insert_rule",
  `insert into payout_approval_rules as r
     (workspace_id, id, desk_id, method, amount_from, new_destination, needed, role, members, hours, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning ${columns}`,
);
const change = statement(
  "payouts.change_rule",
  `update payout_approval_rules r set method = $4, amount_from = $5, new_destination = $6, needed = $7, role = $8, members = $9, hours = $10,
     version = r.version + 1
   where r.workspace_id = $1 and r.id = $2 and r.desk_id = $3 and ($11::integer is null or r.version = $11) returning ${columns}`,
);
const remove = statement(
  "payouts.remove_rule",
  "delete from payout_approval_rules where workspace_id = $1 and id = $2 and desk_id = $3 returning 1",
);
// Under the desk's row lock, so that the mark is true whatever happens to rules at the same moment.
const mark = statement(
  "payouts.mark_rules",
  `update payout_desks d set has_rules = exists (select from payout_approval_rules r where r.workspace_id = $1 and r.desk_id = $2)
   where d.workspace_id = $1 and d.id = $2`,
);

function present({ id, amount_from, members, ...row }: RuleRow): ApprovalRule {
  return {
    id: toPublicId("approvalRule", id),
    method: row.method,
    amountFrom: amount_from && amountText(amount_from, row.method),
    newDestination: row.new_destination,
    needed: row.needed,
    role: row.role,
    members: members?.map((member) => toPublicId("member", member)) ?? null,
    hours: row.hours,
    version: row.version,
    createdAt: row.created_at.toISOString(),
  };
}

/** @throws unknown_reference for a method or member there is not; invalid_request where nobody could ever approve */
async function valuesOf({ people }: KindPorts, tx: Transaction, input: RuleInput): Promise<unknown[]> {
  const { method, amountFrom, newDestination, needed, role, hours } = input;
  const members = input.members && [...new Set(input.members.map((id) => fromPublicId("member", id) ?? ""))];
  if (members && !(await people.areMembers(tx, tx.workspaceId, members)))
    throw refuse("unknown_reference", {}, [{ pointer: "/members", message: "not a member here" }]);
  if (members && members.length < needed)
    throw refuse("invalid_request", {}, [
      { pointer: "/needed", message: "more than the people who may approve" },
    ]);
  const from = minorOf(amountFrom, method, { pointer: "", field: "amountFrom" });
  return [method, from, newDestination, needed, role, members, hours];
}

async function told(
  ports: KindPorts,
  tx: Transaction,
  desk: Desk,
  principal: Principal,
  what: string,
): Promise<void> {
  await tx.query(mark, [tx.workspaceId, desk.id]);
  const actor = { kind: principal.kind, id: principal.id };
  const data = { desk: toPublicId("desk", desk.id), changed: [what] };
  await ports.tell(tx, { type: "payout_desk.changed", projectId: desk.project_id, actor, data });
}

export async function listRules(
  db: Queryable,
  principal: Principal,
  deskId: string,
): Promise<ApprovalRule[]> {
  const desk = await deskFor(db, principal, deskId);
  return (await db.query<RuleRow>(list, [desk.workspace_id, desk.id])).map(present);
}

type Ruling = { ports: KindPorts; tx: Transaction; principal: Principal; deskId: string };

/** @throws not_found, forbidden, unknown_reference, limit_reached */
export async function addRule(
  { ports, tx, principal, deskId }: Ruling,
  input: RuleInput,
): Promise<ApprovalRule> {
  const desk = await lockDeskFor(tx, principal, deskId);
  const there = await tx.query(list, [tx.workspaceId, desk.id]);
  if (there.length >= mostRules) throw refuse("limit_reached", { limit: mostRules });
  const values = await valuesOf(ports, tx, input);
  const [row] = await tx.query<RuleRow>(insert, [
    tx.workspaceId,
    ports.newId(),
    desk.id,
    ...values,
    ports.clock.now(),
  ]);
  if (!row) throw new Error("the rule was not inserted");
  await told(ports, tx, desk, principal, "approvalRules");
  return present(row);
}

/** @throws not_found, forbidden, unknown_reference, version_conflict */
export async function changeRule(
  { ports, tx, principal, deskId }: Ruling,
  ruleId: string,
  { version, ...input }: RuleInput & { version?: number | undefined },
): Promise<ApprovalRule> {
  const desk = await lockDeskFor(tx, principal, deskId);
  const id = fromPublicId("approvalRule", ruleId) ?? "";
  const there = await tx.query<RuleRow>(list, [tx.workspaceId, desk.id]);
  const before = there.find((each) => each.id === id);
  if (!before) throw refuse("not_found");
  const values = await valuesOf(ports, tx, input);
  const [row] = await tx.query<RuleRow>(change, [tx.workspaceId, id, desk.id, ...values, version ?? null]);
  if (!row) throw refuse("version_conflict", { version: before.version });
  await told(ports, tx, desk, principal, "approvalRules");
  return present(row);
}

/** @throws not_found, forbidden */
export async function removeRule({ ports, tx, principal, deskId }: Ruling, ruleId: string): Promise<void> {
  const desk = await lockDeskFor(tx, principal, deskId);
  const gone = await tx.query(remove, [tx.workspaceId, fromPublicId("approvalRule", ruleId) ?? "", desk.id]);
  if (gone.length === 0) throw refuse("not_found");
  await told(ports, tx, desk, principal, "approvalRules");
}
