import type { Message, ThenAct, Ticket } from "@okno/contract";
import { toast } from "@okno/ui";
import { useRef } from "react";
import type { Mode } from "../../shared/drafts/draft-text.ts";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { trCompose } from "./compose-messages.ts";
import { tr } from "./messages.ts";
import { type Outgoing, putBack, send, sendAnyway, takeBack, useOutbox } from "./outbox.ts";
import { offerUndo, undoSend } from "./undo-send.ts";

/** Nobody is on the other side, and no way leads there: what is written is for colleagues. */
export const notesOnly = ({ contact, channel }: Pick<Ticket, "contact" | "channel">): boolean =>
  contact === null && channel === null;

type Way = { onLeave: () => void; onReturn: () => void };

/** Writing in one ticket: the draft, what is on its way, and what became of it. */
export function useWriting(ticket: Ticket, { onLeave, onReturn }: Way) {
  const outgoing = useOutbox(ticket.id);
  const kept = useDraft(ticket.id);
  const { both, unreached, change, save, seen } = kept;
  const onlyNotes = notesOnly(ticket);
  const draft = onlyNotes ? { ...kept.draft, mode: "note" as const } : kept.draft;
  const field = useRef<HTMLTextAreaElement>(null);
  const write = (mode: Mode) => {
    change({ mode: onlyNotes ? "note" : mode });
    field.current?.focus();
  };
  const sent = (message: Message, andThen: ThenAct | undefined) =>
    offerUndo(message, andThen, () => {
      if (andThen) onReturn();
      void undoSend(message);
    });
  const go = async (entry: Outgoing, sending: (entry: Outgoing) => Promise<Message | undefined>) => {
    const { andThen } = entry;
    // What takes the ticket out of the inbox leads on at once, and back if the server refuses.
    if (andThen) onLeave();
    const message = await sending(entry);
    if (message) sent(message, andThen);
    else if (andThen) onReturn();
  };
  const submit = async (andThen?: ThenAct) => {
    const { mode } = draft;
    const body = draft[mode].trim();
    const note = mode === "note";
    const entry: Outgoing = {
      key: crypto.randomUUID(),
      ticket: ticket.id,
      body,
      visibility: note ? "internal" : "public",
      attachments: draft.attachments,
      mentions: note ? draft.mentions.filter(({ name }) => body.includes(`@${name}`)) : [],
      ...(andThen && { andThen }),
      seenSeq: ticket.messageSeq,
      at: new Date().toISOString(),
      state: "sending",
    };
    change({ [mode]: "", attachments: [], ...(note && { mentions: [] }) });
    await go(entry, send);
  };
  /** Back from the outbox into the field, before whatever has been begun since. */
  const edit = (entry: Outgoing) => {
    const mode = entry.visibility === "internal" ? "note" : "reply";
    takeBack(entry);
    change((before) => ({
      mode,
      [mode]: before[mode].trim() ? `${entry.body}\n\n${before[mode]}` : entry.body,
      attachments: [...entry.attachments, ...before.attachments],
      mentions: [...(entry.mentions ?? []), ...before.mentions],
    }));
    field.current?.focus();
  };
  const discard = (entry: Outgoing) => {
    takeBack(entry);
    const undo = { label: tr("undo"), shortcut: "z", onAction: () => putBack(entry) };
    toast({ title: trCompose("discarded"), action: undo });
  };
  const anyway = (entry: Outgoing) => go(entry, sendAnyway);
  return {
    outgoing,
    onlyNotes,
    draft,
    both,
    unreached,
    change,
    save,
    seen,
    field,
    write,
    submit,
    edit,
    discard,
    anyway,
  };
}

export type Writing = ReturnType<typeof useWriting>;
