import { type DraftText, emptyDraft } from "./draft-text.ts";

/** A draft as this browser keeps it: what is typed, and the version of the server that it was begun from. */
export type KeptDraft = {
  text: DraftText;
  base: DraftText;
  version: number;
  /** Something is typed that the server does not have. */
  dirty: boolean;
};

export const nothingKept: KeptDraft = { text: emptyDraft, base: emptyDraft, version: 0, dirty: false };

const prefix = (member: string) => `okno.draft.${member}.`;

// Storage may be forbidden: a draft then lives as long as the page, and on the server.
function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

export function readKept(member: string, ticket: string): KeptDraft | undefined {
  try {
    const text = storage()?.getItem(prefix(member) + ticket);
    const kept = text ? (JSON.parse(text) as Partial<KeptDraft> & Partial<DraftText>) : undefined;
    // As it was kept before the server knew of drafts.
    if (kept && !kept.text) return { ...nothingKept, text: { ...emptyDraft, ...kept }, dirty: true };
    if (!kept?.text) return undefined;
    const { base, version, dirty } = kept;
    return {
      text: { ...emptyDraft, ...kept.text },
      base: { ...emptyDraft, ...base },
      version: version ?? 0,
      dirty: dirty ?? true,
    };
  } catch {
    return undefined;
  }
}

/** Only what the server does not have is kept here: the rest is the server's. */
export function writeKept(member: string, ticket: string, kept: KeptDraft): void {
  try {
    if (kept.dirty) storage()?.setItem(prefix(member) + ticket, JSON.stringify(kept));
    else storage()?.removeItem(prefix(member) + ticket);
  } catch {
    // The storage is full: see above.
  }
}

/** The tickets in which this person has something that the server may not have. */
export function keptTickets(member: string): string[] {
  const kept = storage();
  if (!kept) return [];
  return Array.from({ length: kept.length }, (_, at) => kept.key(at) ?? "")
    .filter((key) => key.startsWith(prefix(member)))
    .map((key) => key.slice(prefix(member).length));
}

/** Removes every copy of this person's drafts from the browser. */
export function forgetKept(member: string): void {
  for (const ticket of keptTickets(member)) storage()?.removeItem(prefix(member) + ticket);
}
