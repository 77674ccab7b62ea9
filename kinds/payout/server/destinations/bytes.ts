import { base58 } from "@scure/base";

/** The bytes a decoder of the library makes of a text; undefined where it throws. */
export function decoded(decode: (text: string) => Uint8Array, text: string): Uint8Array | undefined {
  try {
    return decode(text);
  } catch {
    return undefined;
  }
}

export const fromBase58 = (text: string): Uint8Array | undefined => decoded(base58.decode, text);

export const sameBytes = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, i) => byte === right[i]);
