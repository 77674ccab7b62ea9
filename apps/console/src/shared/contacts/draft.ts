import type { Contact, ContactField } from "@okno/contract";

type Value = string | number | boolean;

/** A card as somebody is changing it: everything as text, as it stands in the fields of the form. */
export type CardDraft = {
  name: string;
  locale: string;
  note: string;
  fields: Readonly<Record<string, string>>;
};

/** What may differ: the card's own lines, and each custom field by its id. */
export type DraftKey = "name" | "locale" | "note" | `field:${string}`;

export function textOfValue(value: Value | undefined): string {
  if (value === undefined) return "";
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
}

export function draftOf(contact: Contact): CardDraft {
  return {
    name: contact.name ?? "",
    locale: contact.locale ?? "",
    note: contact.note,
    fields: Object.fromEntries(Object.entries(contact.fields).map(([id, value]) => [id, textOfValue(value)])),
  };
}

export function lineOf(draft: CardDraft, key: DraftKey): string {
  if (key === "name" || key === "locale" || key === "note") return draft[key];
  return draft.fields[key.slice("field:".length)] ?? "";
}

export function withLine(draft: CardDraft, key: DraftKey, text: string): CardDraft {
  if (key === "name" || key === "locale" || key === "note") return { ...draft, [key]: text };
  return { ...draft, fields: { ...draft.fields, [key.slice("field:".length)]: text } };
}

function keysOf(a: CardDraft, b: CardDraft): DraftKey[] {
  const ids = new Set([...Object.keys(a.fields), ...Object.keys(b.fields)]);
  return ["name", "locale", "note", ...[...ids].map((id): DraftKey => `field:${id}`)];
}

/** What the writer has changed. */
export function changedKeys(begun: CardDraft, draft: CardDraft): DraftKey[] {
  return keysOf(begun, draft).filter((key) => lineOf(begun, key) !== lineOf(draft, key));
}

/**
 * The card was changed by somebody else while it was being written: what the writer has not touched takes the new state, what both
 * have changed stays as typed and is named, so that both can be shown.
 */
export function rebase(
  begun: CardDraft,
  draft: CardDraft,
  now: CardDraft,
): { draft: CardDraft; both: DraftKey[] } {
  const mine = new Set(changedKeys(begun, draft));
  const theirs = changedKeys(begun, now);
  const both = theirs.filter((key) => mine.has(key) && lineOf(draft, key) !== lineOf(now, key));
  const kept = [...mine].reduce((card, key) => withLine(card, key, lineOf(draft, key)), now);
  return { draft: kept, both };
}

/** A field's text as the value the server takes; null takes the value away, undefined is none. */
export function valueOfText(field: Pick<ContactField, "kind">, text: string): Value | null | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if (field.kind === "boolean") return trimmed === "yes";
  if (field.kind !== "number") return trimmed;
  const number = Number(
    trimmed
      .replace(/[\s\u00a0]/gu, "")
      .replace(",", ".")
      .replace("−", "-"),
  );
  return Number.isFinite(number) ? number : undefined;
}

/** The body of the change: only what was changed. `wrong` are fields whose text is no value of their kind. */
export function bodyOf(begun: CardDraft, draft: CardDraft, fields: readonly ContactField[]) {
  const changed = changedKeys(begun, draft);
  const values: Record<string, Value | null> = {};
  const wrong: string[] = [];
  for (const field of fields) {
    if (!changed.includes(`field:${field.id}`)) continue;
    const value = valueOfText(field, lineOf(draft, `field:${field.id}`));
    if (value === undefined) wrong.push(field.id);
    else values[field.id] = value;
  }
  const body = {
    ...(changed.includes("name") && { name: draft.name.trim() || null }),
    ...(changed.includes("locale") && { locale: draft.locale || null }),
    ...(changed.includes("note") && { note: draft.note }),
    ...(Object.keys(values).length > 0 && { fields: values }),
  };
  return { body, wrong, changed: changed.length > 0 };
}
