/** Shorter texts say nothing sure of their language. */
const enough = 24;
/** The second best guess must be clearly worse. */
const clear = 0.9;
/** Languages in which customers of a desk are likely to write; fewer candidates are told apart better. */
const likely = [
  "rus",
  "eng",
  "ukr",
  "bel",
  "kaz",
  "uzn",
  "tur",
  "deu",
  "fra",
  "spa",
  "por",
  "ita",
  "pol",
  "nld",
  "ron",
  "ell",
  "arb",
  "heb",
  "cmn",
  "jpn",
  "kor",
  "hin",
];

/** The language of a text as a BCP 47 tag; undefined where it cannot be said. The recognizer is fetched when it is needed. */
export async function detectLanguage(text: string): Promise<string | undefined> {
  // Links and addresses are in no language.
  const words = text
    .replace(/\S+[@/]\S+/gu, " ")
    .replace(/[\d\s]+/gu, " ")
    .trim();
  if (words.length < enough) return undefined;
  const { francAll } = await import("franc-min");
  const [best, second] = francAll(words, { only: likely });
  if (!best || best[0] === "und" || (second && second[1] > clear)) return undefined;
  return new Intl.Locale(best[0]).language;
}
