import type { Attachment } from "@okno/contract";

export type Mode = "reply" | "note";
/** What somebody has begun to write in a ticket. Reply and note are two texts: switching loses neither. */
export type Draft = { mode: Mode; reply: string; note: string; attachments: Attachment[] };

export const emptyDraft: Draft = { mode: "reply", reply: "", note: "", attachments: [] };

const keyOf = (member: string, ticket: string) => `okno.draft.${member}.${ticket}`;

/** Reads the draft kept by this browser. */
export function readDraft(member: string, ticket: string): Draft {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(member, ticket)) ?? "{}") as Partial<Draft>;
    return { ...emptyDraft, ...kept };
  } catch {
    // Storage may be forbidden: a draft then lives as long as the page.
    return emptyDraft;
  }
}

export function writeDraft(member: string, ticket: string, draft: Draft): void {
  try {
    const blank = draft.reply.trim() === "" && draft.note.trim() === "" && draft.attachments.length === 0;
    if (blank) localStorage.removeItem(keyOf(member, ticket));
    else localStorage.setItem(keyOf(member, ticket), JSON.stringify(draft));
  } catch {
    // See readDraft.
  }
}
