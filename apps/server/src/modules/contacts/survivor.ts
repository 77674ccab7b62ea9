import type { ContactValues } from "./card.ts";

/** What was said of a survivor before it took another contact in, and right after. */
export type SurvivorValues = { before: ContactValues; after: ContactValues };

/** Both contacts as one: what the survivor says of itself stands, the other fills the gaps; notes are kept both. */
export function joinValues(survivor: ContactValues, other: ContactValues): ContactValues {
  return {
    name: survivor.name ?? other.name,
    locale: survivor.locale ?? other.locale,
    note: [survivor.note, other.note].filter((text) => text !== "").join("\n\n"),
    fields: { ...other.fields, ...survivor.fields },
  };
}

/** The survivor without what the merge gave it; what somebody has changed since is theirs and stays. */
export function partValues(now: ContactValues, { before, after }: SurvivorValues): ContactValues {
  const back = <K extends "name" | "locale" | "note">(key: K) =>
    now[key] === after[key] ? before[key] : now[key];
  const fields = { ...now.fields };
  for (const [id, value] of Object.entries(after.fields)) {
    if (fields[id] !== value) continue;
    const earlier = before.fields[id];
    if (earlier === undefined) delete fields[id];
    else fields[id] = earlier;
  }
  return { name: back("name"), locale: back("locale"), note: back("note"), fields };
}

export function valuesOf({ name, locale, note, fields }: ContactValues): ContactValues {
  return { name, locale, note, fields };
}
