export type Piece = { text: string; href?: string };

const link = /\bhttps?:\/\/[^\s<>"']+|\bwww\.[^\s<>"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
/** Punctuation that ends a sentence, not an address. */
const tail = /[.,;:!?)\]}»”’]+$/u;

function parsed(text: string): string | undefined {
  try {
    return new URL(text).href;
  } catch {
    return undefined;
  }
}

function hrefOf(text: string): string | undefined {
  if (/^https?:/iu.test(text)) return parsed(text);
  if (/^www\./iu.test(text)) return parsed(`https://${text}`);
  return `mailto:${text}`;
}

/** Splits words into text and links. Only http, https and mailto become links; everything else stays text. */
export function linkify(body: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of body.matchAll(link)) {
    const text = match[0].replace(tail, "");
    const href = hrefOf(text);
    if (!text || !href) continue;
    if (match.index > from) pieces.push({ text: body.slice(from, match.index) });
    pieces.push({ text, href });
    from = match.index + text.length;
  }
  if (from < body.length) pieces.push({ text: body.slice(from) });
  return pieces;
}
