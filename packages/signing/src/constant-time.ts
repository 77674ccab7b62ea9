import { timingSafeEqual } from "./platform.ts";

const bytesOf = (value: string | Uint8Array) =>
  typeof value === "string" ? new TextEncoder().encode(value) : value;

/**
 * Whether two digests, signatures or codes are the same, in time that does not depend on where they differ.
 * Their lengths are no secret: different lengths are unequal at once.
 */
export function equalDigests(expected: string | Uint8Array, given: string | Uint8Array): boolean {
  const left = bytesOf(expected);
  const right = bytesOf(given);
  return left.length === right.length && timingSafeEqual(left, right);
}
