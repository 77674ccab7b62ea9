import type { Mention } from "@okno/contract";

/** The `@…` that is being typed: where it begins, and what of the name is there. */
export type MentionQuery = { from: number; query: string };

// Names have spaces: as many words as a name has may follow, as long as the caret stands behind them.
const open = /(?:^|[\s(«"'])@([\p{L}\p{N}._-]*(?: [\p{L}\p{N}._-]*)?)$/u;

/** What stands before the caret, if it is the beginning of a mention. */
export function mentionQuery(text: string, caret: number): MentionQuery | undefined {
  const match = open.exec(text.slice(0, caret));
  const query = match?.[1];
  return query === undefined ? undefined : { from: caret - query.length - 1, query };
}

const folded = (text: string) => text.toLocaleLowerCase().replaceAll("ё", "е");

/** Who may be meant: a word of the name begins so. */
export function matching<T extends { name: string }>(all: readonly T[], query: string, most = 8): T[] {
  const wanted = folded(query).trim();
  return all
    .filter(({ name }) => {
      const given = folded(name);
      return given.startsWith(wanted) || given.split(/[\s-]+/u).some((word) => word.startsWith(wanted));
    })
    .slice(0, most);
}

/** The text with the whole name in it, and where the caret stands then. */
export function withMention(
  text: string,
  { from, query }: MentionQuery,
  name: string,
): { text: string; caret: number } {
  const after = text.slice(from + 1 + query.length);
  const put = `@${name}${after.startsWith(" ") ? "" : " "}`;
  return {
    text: text.slice(0, from) + put + after,
    caret: from + put.length + (after.startsWith(" ") ? 1 : 0),
  };
}

export type MentionPiece = { text: string; mention: boolean };

/** Splits a note at the names it mentions: the longest name first, so that a short one does not cut it. */
export function splitMentions(text: string, mentions: readonly Mention[]): MentionPiece[] {
  const names = mentions.map(({ name }) => `@${name}`).sort((a, b) => b.length - a.length);
  const pieces: MentionPiece[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const found = text[at] === "@" ? names.find((name) => text.startsWith(name, at)) : undefined;
    if (found) {
      if (plain) pieces.push({ text: plain, mention: false });
      pieces.push({ text: found, mention: true });
      plain = "";
    } else plain += text[at];
    at += found?.length ?? 1;
  }
  if (plain) pieces.push({ text: plain, mention: false });
  return pieces;
}
