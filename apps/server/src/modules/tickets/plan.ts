import type { Condition, ConditionStatement, Phase } from "@okno/contract";
import { fromPublicId } from "@okno/contract";
import { sql } from "kysely";
import {
  assigneesOf,
  compileCondition,
  followersOf,
  momentAgo,
  type Part,
  type Reader,
  teamsOf,
  topicsOf,
} from "./conditions.ts";
import type { Scope } from "./queries.ts";

export type Sort = "newest" | "activity" | "important" | "waiting";

/** What a range of an index is looked up by, beside the phase. */
export type Lead =
  | { by: "project" | "unanswered" }
  | { by: "team" | "assignee" | "topic" | "contact" | "follower"; ids: readonly string[] }
  | { by: "label"; label: string };

/** How a list is walked: by which index, in which phases and projects, and what is then filtered row by row. */
export type Plan = {
  scope: Scope;
  lead: Lead;
  phases: readonly Phase[];
  projectIds: readonly string[];
  /** Only those without an answer, within these bounds of `waiting_since`: where the order or the lead is by it. */
  waiting: { from?: Date | undefined; to?: Date | undefined } | undefined;
  /** Nobody's tickets alone: an index of its own where they are in order of activity. */
  unassigned: boolean;
  /** Undefined: every row of the range belongs to the list. */
  filter: Part | undefined;
};

const phases: readonly Phase[] = ["open", "waiting", "done"];

/** Everything that must hold at once: groups of `all` opened up. */
function conjuncts(condition: Condition): Condition[] {
  return "all" in condition ? condition.all.flatMap(conjuncts) : [condition];
}

type Facts = {
  phases: readonly Phase[];
  projectIds: readonly string[];
  waiting: { from?: Date; to?: Date; asked: boolean };
  unassigned: boolean;
  leads: { lead: Lead; from: Condition }[];
  rest: Condition[];
};

const isSet = (op: string): op is "is" => op === "is";

function leadOf(statement: ConditionStatement, reader: Reader): Lead | undefined {
  if (!isSet(statement.op) || !("value" in statement)) return undefined;
  const value = statement.value as readonly string[];
  const contacts = () => value.flatMap((id) => fromPublicId("contact", id) ?? []);
  // Each once: a range that is named twice would be read twice.
  const once = (ids: readonly string[]) => [...new Set(ids)];
  switch (statement.field) {
    case "contact":
      return { by: "contact", ids: once(contacts()) };
    case "follower": {
      // Two people may follow one ticket, which would be found twice.
      const ids = once(followersOf(value, reader));
      return ids.length === 1 ? { by: "follower", ids } : undefined;
    }
    case "assignee":
      return { by: "assignee", ids: once(assigneesOf(value, reader)) };
    case "team":
      return { by: "team", ids: once(teamsOf(value, reader)) };
    case "topic":
      return { by: "topic", ids: once(topicsOf(value, reader)) };
    case "label":
      // A ticket may carry two of several labels, and would be found twice.
      return value.length === 1 && value[0] !== undefined ? { by: "label", label: value[0] } : undefined;
    default:
      return undefined;
  }
}

function takeWaiting(
  facts: Facts,
  statement: Extract<ConditionStatement, { field: "waiting" }>,
  now: Date,
): void {
  const at = momentAgo(now, statement.value);
  const { waiting } = facts;
  waiting.asked = true;
  if (statement.op === "longerThan") {
    if (!waiting.to || at < waiting.to) waiting.to = at;
  } else if (!waiting.from || at > waiting.from) waiting.from = at;
}

/** Narrows the ranges by one condition. @returns false when it has to be filtered row by row. */
function take(facts: Facts, condition: Condition, reader: Reader): boolean {
  if (!("field" in condition)) return false;
  if (condition.field === "phase" && condition.op === "is") {
    facts.phases = facts.phases.filter((phase) => condition.value.includes(phase));
    return true;
  }
  if (condition.field === "project" && condition.op === "is") {
    const wanted = condition.value.map((id) => fromPublicId("project", id));
    facts.projectIds = facts.projectIds.filter((id) => wanted.includes(id));
    return true;
  }
  if (condition.field === "assignee" && condition.op === "empty") facts.unassigned = true;
  if (condition.field === "waiting") takeWaiting(facts, condition, reader.now);
  const lead = leadOf(condition, reader);
  if (lead) facts.leads.push({ lead, from: condition });
  return false;
}

function factsOf(condition: Condition, scope: Scope, reader: Reader): Facts {
  const facts: Facts = {
    phases,
    projectIds: scope.projectIds,
    waiting: { asked: false },
    unassigned: false,
    leads: [],
    rest: [],
  };
  for (const each of conjuncts(condition)) if (!take(facts, each, reader)) facts.rest.push(each);
  return facts;
}

/** Fewest rows first, as a rule of thumb. */
const preference = [
  "contact",
  "follower",
  "label",
  "assignee",
  "team",
  "topic",
  "unanswered",
  "project",
] as const;

const ordered: Readonly<Record<Lead["by"], readonly Sort[]>> = {
  project: ["newest", "activity", "important", "waiting"],
  unanswered: [],
  team: ["newest", "activity"],
  assignee: ["newest", "activity"],
  topic: ["newest"],
  label: ["newest"],
  contact: [],
  follower: ["newest"],
};

/** Whether the lead's index has the rows in this order already; otherwise they must be few enough to be sorted. */
export function inOrder(plan: Plan, sort: Sort): boolean {
  return ordered[plan.lead.by].includes(sort);
}

/** The ways to read this list, the most promising first; the last one, by project and phase, always works. */
export function plansFor(condition: Condition, scope: Scope, reader: Reader, sort: Sort): Plan[] {
  const facts = factsOf(condition, scope, reader);
  const leads = facts.leads.map((each) => ({ ...each, from: [each.from] as Condition[] }));
  const all = [
    ...leads,
    ...(facts.waiting.asked ? [{ lead: { by: "unanswered" } as Lead, from: [] as Condition[] }] : []),
    { lead: { by: "project" } as Lead, from: [] as Condition[] },
  ].sort((a, b) => preference.indexOf(a.lead.by) - preference.indexOf(b.lead.by));
  return all
    .filter(({ lead }) => sort !== "waiting" || lead.by === "project")
    .map(({ lead, from }) => {
      const waitingInRange = sort === "waiting" || lead.by === "unanswered";
      // What the range says already need not be asked of every row.
      const rest = facts.rest.filter(
        (each) => !from.includes(each) && !(waitingInRange && "field" in each && each.field === "waiting"),
      );
      const nobodys = facts.unassigned && lead.by === "project" && sort === "activity";
      const indexed = nobodys && !facts.phases.includes("done");
      const filtered = indexed
        ? rest.filter((each) => !("field" in each && each.field === "assignee" && each.op === "empty"))
        : rest;
      return {
        scope,
        lead,
        phases: waitingInRange ? facts.phases.filter((phase) => phase === "open") : facts.phases,
        projectIds: facts.projectIds,
        waiting: waitingInRange ? { from: facts.waiting.from, to: facts.waiting.to } : undefined,
        unassigned: indexed,
        filter:
          filtered.length === 0
            ? undefined
            : sql`${sql.join(
                filtered.map((each) => compileCondition(each, reader)),
                sql` and `,
              )}`,
      };
    });
}
