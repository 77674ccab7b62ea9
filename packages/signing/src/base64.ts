/** Bytes in Base64, padded. */
export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** The bytes, or undefined if the text is not Base64 as `toBase64` writes it: one value has one spelling. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (!/^[\w+/]*={0,2}$/u.test(text) || text.includes("_")) return undefined;
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}
