import { type BegunDraft, type Draft, type Mention, toPublicId } from "@okno/contract";
import { type AttachmentRow, presentAttachment } from "../files/index.ts";
import { previewOf } from "../tickets/index.ts";
import type { DraftRow } from "./queries.ts";

const joined = (texts: readonly string[]) => texts.filter((text) => text.trim() !== "").join("\n\n");

const sameMention = (a: Mention) => (b: Mention) => a.id === b.id && a.name === b.name;

/** The drafts of one ticket as one: usually there is at most one; a merge may have brought more together, and none is lost. */
export function combineDrafts(ticketId: string, rows: readonly DraftRow[]): DraftRow {
  const [newest, ...others] = rows;
  if (!newest) {
    const nothing = { mode: "reply", reply: "", note: "", attachments: [], mentions: [] } as const;
    return {
      ...nothing,
      attachments: [],
      mentions: [],
      ticket_id: ticketId,
      version: 0,
      updated_at: new Date(0),
    };
  }
  if (others.length === 0) return { ...newest, ticket_id: ticketId };
  const mentions = rows.flatMap((row) => row.mentions);
  return {
    ...newest,
    ticket_id: ticketId,
    reply: joined(rows.map((row) => row.reply)),
    note: joined(rows.map((row) => row.note)),
    attachments: [...new Set(rows.flatMap((row) => row.attachments))],
    mentions: mentions.filter((mention, at) => mentions.findIndex(sameMention(mention)) === at),
    version: Math.max(...rows.map((row) => row.version)),
  };
}

/** `files`: those of the draft that are still there. */
export function presentDraft(row: DraftRow, files: readonly AttachmentRow[]): Draft {
  return {
    ticket: toPublicId("ticket", row.ticket_id),
    mode: row.mode,
    reply: row.reply,
    note: row.note,
    attachments: files.map(presentAttachment),
    mentions: row.mentions,
    version: row.version,
    updatedAt: row.version === 0 ? null : row.updated_at.toISOString(),
  };
}

export type BegunRow = DraftRow & { number: number; subject: string; merged_into: string | null };

export function presentBegun(row: BegunRow): BegunDraft {
  const shown = row.mode === "note" ? [row.note, row.reply] : [row.reply, row.note];
  return {
    ticket: { id: toPublicId("ticket", row.ticket_id), number: row.number, subject: row.subject },
    mode: row.mode,
    preview: previewOf(joined(shown)),
    updatedAt: row.updated_at.toISOString(),
  };
}
