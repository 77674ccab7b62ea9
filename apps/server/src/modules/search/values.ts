import { fromPublicId, type SearchUnderstood, toPublicId } from "@okno/contract";
import {
  foldSearchText,
  type SearchPart,
  searchAssignees,
  searchMeaning,
  searchPhases,
} from "@okno/contract/search-query";
import type { Queryable } from "../../platform/database.ts";
import { statement } from "../../platform/database.ts";
import type { Catalog } from "../settings/index.ts";
import type { Scope } from "../tickets/index.ts";
import type { Condition } from "./conditions.ts";
import { dayNamed } from "./dates.ts";

export type OperatorPart = Extract<SearchPart, { as: "operator" }>;
export type Asker = { scope: Scope; me: string; catalog: Catalog; now: Date; timeZone: string };
export type Meaning = {
  condition: Condition | undefined;
  values: SearchUnderstood["values"];
  problem: SearchUnderstood["problem"];
};

type Named = { id: string; name: string };

/** What is called so: exactly, or else beginning so (a whole name or a word of it), or else with this in it. */
export function named<T extends Named>(things: readonly T[], text: string): T[] {
  const wanted = foldSearchText(text).trim();
  const all = things.map((thing) => ({ thing, name: foldSearchText(thing.name) }));
  const ways = [
    (name: string) => name === wanted,
    (name: string) =>
      name.startsWith(wanted) || name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted)),
    (name: string) => name.includes(wanted),
  ];
  for (const way of ways) {
    const found = all.filter(({ name }) => way(name));
    if (found.length > 0) return found.map(({ thing }) => thing);
  }
  return [];
}

/** As many are told by name. */
const toldValues = 10;

function problemOf(count: number): SearchUnderstood["problem"] {
  if (count === 0) return "unknown_value";
  return count > 1 ? "ambiguous_value" : null;
}

type Kind = "topic" | "project" | "channel" | "member" | "label";

function told(kind: Kind, things: readonly Named[]): Pick<Meaning, "values" | "problem"> {
  const values = things.slice(0, toldValues).map(({ id, name }) => ({ id: toPublicId(kind, id), name }));
  return { values, problem: problemOf(things.length) };
}

// The names in a workspace's books: of the people with whom the caller shares a project.
const colleagues = statement(
  "search.colleagues",
  `select m.id, m.name from members m where m.workspace_id = $1 and (m.owner or exists (
     select from grants g where g.workspace_id = $1 and g.member_id = m.id and g.project_id = any($2::uuid[])))
   order by m.name, m.id limit 2000`,
);

function topicMeaning({ catalog, scope }: Asker, { text, negated }: OperatorPart): Meaning {
  const topics = [...catalog.topics.values()].filter(({ project_id }) =>
    scope.projectIds.includes(project_id),
  );
  const found = named(topics, text);
  const ids = new Set(found.map(({ id }) => id));
  // A topic means everything below it as well.
  for (let size = -1; size !== ids.size; ) {
    size = ids.size;
    for (const { id, parent_id } of topics) if (parent_id && ids.has(parent_id)) ids.add(id);
  }
  return { condition: { column: "topic_id", values: [...ids], negated }, ...told("topic", found) };
}

function labelMeaning({ catalog, scope }: Asker, { text, negated }: OperatorPart): Meaning {
  const labels = catalog.labels.filter(({ project_id }) => scope.projectIds.includes(project_id));
  const found = named(labels, text);
  const names = [...new Set(found.map(({ name }) => name))];
  const { values } = told("label", found);
  return { condition: { labels: names, negated }, values, problem: problemOf(names.length) };
}

async function assigneeMeaning(
  db: Queryable,
  { scope, me }: Asker,
  { text, negated }: OperatorPart,
): Promise<Meaning> {
  const word = searchMeaning(searchAssignees, text);
  if (word === "none") {
    return { condition: { column: "assignee_id", values: [null], negated }, values: [], problem: null };
  }
  const people = await db.query<Named>(colleagues, [scope.workspaceId, scope.projectIds]);
  const found = word === "me" ? people.filter(({ id }) => id === me) : named(people, text);
  const ids = word === "me" ? [me] : found.map(({ id }) => id);
  const { values, problem } = told("member", found);
  return {
    condition: { column: "assignee_id", values: ids, negated },
    values,
    problem: word === "me" ? null : problem,
  };
}

function projectMeaning({ catalog, scope }: Asker, { text, negated }: OperatorPart): Meaning {
  const found = named(
    [...catalog.projects.values()].filter(({ id }) => scope.projectIds.includes(id)),
    text,
  );
  return {
    condition: { column: "project_id", values: found.map(({ id }) => id), negated },
    ...told("project", found),
  };
}

function channelMeaning({ catalog, scope }: Asker, { text, negated }: OperatorPart): Meaning {
  const channels = [...catalog.channels.values()].filter(({ project_id }) =>
    scope.projectIds.includes(project_id),
  );
  // All channels of a type are meant together; otherwise one is meant by its name.
  const wanted = foldSearchText(text);
  const ofType = channels.filter(({ type }) => type === wanted);
  const found = ofType.length > 0 ? ofType : named(channels, text);
  const { values, problem } = told("channel", found);
  return {
    condition: { column: "channel_id", values: found.map(({ id }) => id), negated },
    values,
    problem: ofType.length > 0 ? null : problem,
  };
}

function phaseMeaning({ text, negated, open }: OperatorPart): Meaning {
  const wanted = foldSearchText(text);
  const exact = searchMeaning(searchPhases, text);
  const begun = Object.entries(searchPhases)
    .filter(([, { ru, en }]) => [...ru, ...en].some((name) => foldSearchText(name).startsWith(wanted)))
    .map(([phase]) => phase);
  const phases = exact ? [exact] : open ? begun : [];
  return {
    condition: { column: "phase", values: phases, negated },
    values: phases.map((name) => ({ id: null, name })),
    problem: problemOf(phases.length),
  };
}

function dateMeaning({ now, timeZone }: Asker, { operator, text, negated }: OperatorPart): Meaning {
  const day = dayNamed(text, now, timeZone);
  if (!day) return { condition: undefined, values: [], problem: "not_a_date" };
  const condition = operator === "after" ? { from: day, negated } : { until: day, negated };
  return { condition, values: [{ id: null, name: day.toISOString() }], problem: null };
}

/** What an operator's value stands for. Of `from:` customers are asked, elsewhere. */
export async function meaningOf(db: Queryable, asker: Asker, part: OperatorPart): Promise<Meaning> {
  if (part.text.trim() === "") return { condition: undefined, values: [], problem: "missing_value" };
  switch (part.operator) {
    case "topic":
      return topicMeaning(asker, part);
    case "label":
      return labelMeaning(asker, part);
    case "assignee":
      return assigneeMeaning(db, asker, part);
    case "project":
      return projectMeaning(asker, part);
    case "channel":
      return channelMeaning(asker, part);
    case "phase":
      return phaseMeaning(part);
    case "after":
    case "before":
      return dateMeaning(asker, part);
    case "from":
      return { condition: undefined, values: [], problem: null };
  }
}

/** The UUID of a public id that a schema has let through. */
export function uuidOf(kind: Parameters<typeof fromPublicId>[0], id: string): string {
  return fromPublicId(kind, id) ?? "00000000-0000-0000-0000-000000000000";
}
