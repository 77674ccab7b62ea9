import { equalDigests } from "./constant-time.ts";
import { hexDigest } from "./platform.ts";

const hexSha1 = /^[0-9a-f]{40}$/u;

const isUnambiguous = (parts: readonly string[]) => parts.slice(0, -1).every((part) => !part.includes(":"));

const signatureOf = (parts: readonly string[], salt: string) => hexDigest("sha1", [...parts, salt].join(":"));

/**
 * The compatible interface's signature: SHA-1 in lower-case hex over the parts and the salt, joined by colons.
 * `[amount, method, wallet]` for a creation, `[id]` for a submit, a cancel and every callback.
 * @throws RangeError if a part before the last holds a colon: then another split of the text would be signed too
 */
export function compatSignature(parts: readonly string[], salt: string): string {
  if (!isUnambiguous(parts)) throw new RangeError("Only the last part may hold a colon");
  return signatureOf(parts, salt);
}

export type CompatVerdict = { ok: true; candidate: number; salt: number } | { ok: false };

/**
 * Whether `given` signs any of the candidates with any of the salts, and by which of them. Every pair is computed and compared in
 * constant time, so the time tells only how many there are.
 */
export function verifyCompat(
  candidates: readonly (readonly string[])[],
  salts: readonly string[],
  given: string,
): CompatVerdict {
  const wellFormed = hexSha1.test(given);
  const compared = wellFormed ? given : "-".repeat(40);
  let verdict: CompatVerdict = { ok: false };
  for (const [candidate, parts] of candidates.entries())
    for (const [salt, value] of salts.entries()) {
      const same = equalDigests(signatureOf(parts, value), compared);
      if (same && isUnambiguous(parts) && !verdict.ok) verdict = { ok: true, candidate, salt };
    }
  return verdict;
}
