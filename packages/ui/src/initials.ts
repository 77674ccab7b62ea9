const LETTER = /[\p{L}\p{N}]/u;

/** First letters of the first and the last word; digits of a phone number give its last two; "?" when there is nothing. */
export function initialsOf(name: string): string {
  const words = name
    .normalize("NFC")
    .split(/\s+/)
    .filter((word) => LETTER.test(word));
  const first = words[0];
  if (!first) return "?";
  const digits = name.replaceAll(/\D/g, "");
  if (!/\p{L}/u.test(name) && digits.length > 2) return digits.slice(-2);
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last]
    .map((word) => word?.match(LETTER)?.[0] ?? "")
    .join("")
    .toLocaleUpperCase();
}
