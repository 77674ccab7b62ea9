import type { Attachment, Draft, Mention } from "@okno/contract";

export type Mode = "reply" | "note";

/** What somebody has begun to write in a ticket. Reply and note are two texts: switching loses neither. */
export type DraftText = {
  mode: Mode;
  reply: string;
  note: string;
  attachments: readonly Attachment[];
  mentions: readonly Mention[];
};

export const emptyDraft: DraftText = { mode: "reply", reply: "", note: "", attachments: [], mentions: [] };

export function isBlank({ reply, note, attachments }: DraftText): boolean {
  return reply.trim() === "" && note.trim() === "" && attachments.length === 0;
}

export function textOf({ mode, reply, note, attachments, mentions }: Draft): DraftText {
  return { mode, reply, note, attachments, mentions };
}

const idsOf = (draft: DraftText) => draft.attachments.map((file) => file.id).join();

/** Nothing worth keeping is different. */
export function sameDraft(a: DraftText, b: DraftText): boolean {
  return a.reply === b.reply && a.note === b.note && idsOf(a) === idsOf(b);
}

type Merged<T> = { value: T; both: boolean };

function mergeText(base: string, mine: string, theirs: string): Merged<string> {
  if (mine === theirs || theirs === base || theirs.trim() === "") return { value: mine, both: false };
  if (mine === base || mine.trim() === "") return { value: theirs, both: false };
  if (mine.includes(theirs.trim())) return { value: mine, both: false };
  if (theirs.includes(mine.trim())) return { value: theirs, both: false };
  return { value: `${mine}\n\n${theirs}`, both: true };
}

/** What either has added stays; what either has taken away goes. */
function mergeFiles(base: DraftText, mine: DraftText, theirs: DraftText): Attachment[] {
  const all = [...mine.attachments, ...theirs.attachments];
  const has = (draft: DraftText, id: string) => draft.attachments.some((file) => file.id === id);
  return all.filter(
    (file, at) =>
      all.findIndex((each) => each.id === file.id) === at &&
      !(has(base, file.id) && !(has(mine, file.id) && has(theirs, file.id))),
  );
}

/**
 * Two versions of one draft, begun from `base`, as one in which no word of either is lost.
 * @returns `both`: two texts now stand one under the other, and their author should know.
 */
export function mergeDrafts(
  base: DraftText,
  mine: DraftText,
  theirs: DraftText,
): { draft: DraftText; both: boolean } {
  // Cleared here and untouched there, or cleared there and untouched here: it was sent or thrown away.
  const part = (name: Mode) => {
    if (mine[name] === base[name]) return { value: theirs[name], both: false };
    if (theirs[name] === base[name]) return { value: mine[name], both: false };
    return mergeText(base[name], mine[name], theirs[name]);
  };
  const [reply, note] = [part("reply"), part("note")];
  const mentions = [...mine.mentions, ...theirs.mentions];
  return {
    draft: {
      mode: mine.mode,
      reply: reply.value,
      note: note.value,
      attachments: mergeFiles(base, mine, theirs),
      mentions: mentions.filter((each, at) => mentions.findIndex((other) => other.id === each.id) === at),
    },
    both: reply.both || note.both,
  };
}
