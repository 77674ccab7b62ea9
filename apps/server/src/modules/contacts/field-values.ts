import { type ContactField, type ContactFieldKind, fromPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { statement, type Transaction } from "../../platform/database.ts";
import type { ContactValues } from "./card.ts";

type Value = string | number | boolean;
type Definition = { id: string; kind: ContactFieldKind; choices: string[]; archived_at: Date | null };

const listNamed = statement(
  "contact_fields.list_named",
  "select id, kind, choices, archived_at from contact_fields where workspace_id = $1 and project_id = $2 and id = any($3::uuid[])",
);

const longestText = 1000;

function isDay(value: Value): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/u.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
}

// An address that a click may follow: nothing that runs.
function isLink(value: Value): boolean {
  const protocol = typeof value === "string" ? URL.parse(value)?.protocol : undefined;
  return protocol === "https:" || protocol === "http:";
}

type Check = { test(value: Value, choices: readonly string[]): boolean; message: string };

/** What each kind takes. */
const checks: Readonly<Record<ContactFieldKind, Check>> = {
  text: { test: (value) => typeof value === "string" && value.length <= longestText, message: "not a text" },
  number: { test: (value) => typeof value === "number" && Number.isFinite(value), message: "not a number" },
  date: { test: isDay, message: "not a day like 2026-05-31" },
  choice: {
    test: (value, choices) => typeof value === "string" && choices.includes(value),
    message: "not among the choices",
  },
  boolean: { test: (value) => typeof value === "boolean", message: "neither true nor false" },
  link: { test: isLink, message: "not an address like https://example.com" },
};

/** Whether a field of this kind takes the value. */
export function fieldTakes(field: Pick<ContactField, "kind" | "choices">, value: Value): boolean {
  return checks[field.kind].test(value, field.choices);
}

/**
 * A contact's values with these changes: null takes one away, what is not named stays, also under a field out of use.
 * @throws unknown_reference for a field the project does not have, or has out of use; invalid_request with every wrong value at once.
 */
export async function changeValues(
  tx: Transaction,
  contact: { project_id: string; fields: ContactValues["fields"] },
  changes: Readonly<Record<string, Value | null>>,
): Promise<ContactValues["fields"]> {
  const named = Object.entries(changes).map(([publicId, value]) => ({
    publicId,
    value,
    id: fromPublicId("contactField", publicId) ?? "",
  }));
  const ids = named.flatMap(({ id }) => (id === "" ? [] : [id]));
  const rows = await tx.query<Definition>(listNamed, [tx.workspaceId, contact.project_id, ids]);
  const known = new Map(rows.map((row) => [row.id, row]));
  const unknown = named.filter(({ id, value }) => {
    const definition = known.get(id);
    return !definition || (definition.archived_at !== null && value !== null);
  });
  if (unknown.length > 0)
    throw refuse(
      "unknown_reference",
      {},
      unknown.map(({ publicId }) => ({
        pointer: `/fields/${publicId}`,
        message: "the project has no such field",
      })),
    );
  const wrong = named.flatMap(({ publicId, id, value }) => {
    const definition = known.get(id);
    if (!definition || value === null || fieldTakes(definition, value)) return [];
    return [{ pointer: `/fields/${publicId}`, message: checks[definition.kind].message }];
  });
  if (wrong.length > 0) throw refuse("invalid_request", {}, wrong);
  const after = { ...contact.fields };
  for (const { id, value } of named) {
    if (value === null) delete after[id];
    else after[id] = value;
  }
  return after;
}
