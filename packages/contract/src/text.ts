import { z } from "zod";

// Bidirectional overrides, embeddings and isolates, zero-width space, word joiner, BOM: they let one line pose as another.
// Zero-width joiners stay: emoji and Persian need them.
const deceptive = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is removed
const controls = /[\u0000-\u001f\u007f-\u009f]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: all controls except tab and line feed
const controlsInText = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu;

/** One line of text made safe to show in a list: NFC, no control, bidi-override or zero-width characters, single spaces. */
export function cleanLine(value: string): string {
  return value
    .toWellFormed()
    .normalize("NFC")
    .replace(deceptive, "")
    .replace(controls, " ")
    .replace(/\s+/gu, " ")
    .trim();
}

/** Many lines of text: NFC, `\n` line ends, no control characters but tab and line feed; bidi marks are kept. */
export function cleanText(value: string): string {
  return value.toWellFormed().normalize("NFC").replace(/\r\n?/gu, "\n").replace(controlsInText, "").trimEnd();
}

const noNul = (value: string) => !value.includes("\u0000");
const nulMessage = { error: "contains a NUL character" };

/** One line (a name, a subject): cleaned, 1…max characters after cleaning. NUL is refused rather than removed. */
export function line(max: number) {
  return z
    .string()
    .max(max * 4)
    .refine(noNul, nulMessage)
    .overwrite(cleanLine)
    .min(1)
    .max(max);
}

/** A body of text: cleaned, 1…max characters after cleaning. NUL is refused rather than removed. */
export function body(max: number) {
  return z
    .string()
    .max(max * 2)
    .refine(noNul, nulMessage)
    .overwrite(cleanText)
    .min(1)
    .max(max);
}
