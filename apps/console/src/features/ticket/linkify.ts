export type Piece = { kind: "text"; text: string } | { kind: "link"; text: string; href: string };

// Only what a browser may safely follow; anything else stays text. Trailing punctuation belongs to the sentence.
const link = /\bhttps?:\/\/[^\s<>"'«»\u2028\u2029]+|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}\b/giu;
const trailing = /[.,:;!?…)\]}]+$/u;

function trimmed(text: string): string {
  const cut = text.replace(trailing, "");
  // A closing bracket is part of the address when it was opened inside it: …/Okno_(window)
  const lost = text.slice(cut.length);
  return lost.startsWith(")") && cut.includes("(") && !cut.includes(")") ? `${cut})` : cut;
}

function hrefOf(text: string): string | undefined {
  if (!/^https?:/iu.test(text)) return `mailto:${text}`;
  try {
    return new URL(text).href;
  } catch {
    return undefined;
  }
}

/** Splits plain text into text and links. */
export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(link)) {
    const shown = trimmed(match[0]);
    const href = hrefOf(shown);
    if (!href) continue;
    if (match.index > from) pieces.push({ kind: "text", text: text.slice(from, match.index) });
    pieces.push({ kind: "link", text: shown, href });
    from = match.index + shown.length;
  }
  if (from < text.length) pieces.push({ kind: "text", text: text.slice(from) });
  return pieces;
}
