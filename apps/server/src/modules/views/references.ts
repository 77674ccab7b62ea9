import { type Condition, type ConditionStatement, fromPublicId, type View } from "@okno/contract";
import { type Queryable, statement } from "../../platform/database.ts";
import type { Catalog } from "../settings/index.ts";

/** Everything a tree of conditions names, with where it stands. */
type Named = { pointer: string; field: ConditionStatement["field"]; value: string };
export type Problem = View["problems"][number];

/** Who there is: members are not in the catalogue. */
export type People = ReadonlyMap<string, { disabled: boolean }>;

const named = new Set<string>([
  "project",
  "topic",
  "label",
  "assignee",
  "follower",
  "team",
  "channel",
  "contact",
]);

function namedIn(condition: Condition, pointer: string): Named[] {
  if ("not" in condition) return namedIn(condition.not, `${pointer}/not`);
  for (const key of ["all", "any"] as const) {
    const group = (condition as Partial<Record<typeof key, Condition[]>>)[key];
    if (group) return group.flatMap((each, index) => namedIn(each, `${pointer}/${key}/${index}`));
  }
  const { field, ...rest } = condition as ConditionStatement;
  if (!named.has(field) || !("value" in rest) || !Array.isArray(rest.value)) return [];
  return (rest.value as string[]).map((value, index) => ({
    pointer: `${pointer}/value/${index}`,
    field,
    value,
  }));
}

type Place = { catalog: Catalog; people: People };
type Found = "here" | "archived" | "disabled" | "unknown";

const stateOf = (row: { archived_at: Date | null } | undefined): Found =>
  row ? (row.archived_at ? "archived" : "here") : "unknown";

function personState(value: string, { people }: Place): Found {
  if (value === "me" || value === "teammates") return "here";
  const person = people.get(fromPublicId("member", value) ?? "");
  return person ? (person.disabled ? "disabled" : "here") : "unknown";
}

const lookups: Readonly<Record<string, (value: string, place: Place) => Found>> = {
  project: (value, { catalog }) =>
    catalog.projects.has(fromPublicId("project", value) ?? "") ? "here" : "unknown",
  topic: (value, { catalog }) => stateOf(catalog.topics.get(fromPublicId("topic", value) ?? "")),
  team: (value, { catalog }) =>
    value === "mine" ? "here" : stateOf(catalog.teams.get(fromPublicId("team", value) ?? "")),
  label: (value, { catalog }) => (catalog.labels.some(({ name }) => name === value) ? "here" : "unknown"),
  channel: (value, { catalog }) => {
    const channel = catalog.channels.get(fromPublicId("channel", value) ?? "");
    return channel ? (channel.disabled_at ? "disabled" : "here") : "unknown";
  },
  assignee: personState,
  follower: personState,
  // A contact may be anybody: one that is gone has no tickets either.
  contact: () => "here",
};

/** What a condition names that is no longer in use. It still holds for tickets that carry it, and for nothing else. */
export function problemsOf(condition: Condition, place: Place): Problem[] {
  return namedIn(condition, "/condition").flatMap(({ pointer, field, value }) => {
    const found = lookups[field]?.(value, place) ?? "here";
    return found === "here" ? [] : [{ pointer, value, reason: found }];
  });
}

/** Wrong places of a condition about to be saved: what never was. What it named before may stay, in use or not. */
export function unknownIn(
  condition: Condition,
  place: Place,
  before: Condition | undefined,
): { pointer: string; message: string }[] {
  const kept = new Set(before ? namedIn(before, "").map(({ field, value }) => `${field} ${value}`) : []);
  const known = new Map(
    namedIn(condition, "/condition").map(({ pointer, field, value }) => [pointer, `${field} ${value}`]),
  );
  return problemsOf(condition, place)
    .filter(({ reason, pointer }) => reason === "unknown" && !kept.has(known.get(pointer) ?? ""))
    .map(({ pointer }) => ({ pointer, message: "there is no such thing" }));
}

/** The members that conditions name. */
export function membersIn(conditions: readonly Condition[]): string[] {
  const ids = conditions
    .flatMap((condition) => namedIn(condition, ""))
    .flatMap(({ field, value }) =>
      field === "assignee" || field === "follower" ? (fromPublicId("member", value) ?? []) : [],
    );
  return [...new Set(ids)];
}

const findMembers = statement(
  "views.find_members",
  "select id, disabled_at is not null as disabled from members where workspace_id = $1 and id = any($2::uuid[])",
);

export async function loadPeople(
  db: Queryable,
  workspaceId: string,
  conditions: readonly Condition[],
): Promise<People> {
  const ids = membersIn(conditions);
  if (ids.length === 0) return new Map();
  const rows = await db.query<{ id: string; disabled: boolean }>(findMembers, [workspaceId, ids]);
  return new Map(rows.map(({ id, disabled }) => [id, { disabled }]));
}
