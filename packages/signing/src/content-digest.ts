import { equalDigests } from "./constant-time.ts";
import { digest } from "./platform.ts";
import { parseDictionary, serializeBareItem } from "./structured-fields.ts";

// RFC 9530. The other algorithms of its registry are deprecated.
const algorithms = { "sha-256": "sha256", "sha-512": "sha512" } as const;

export type DigestAlgorithm = keyof typeof algorithms;

const isKnown = (name: string): name is DigestAlgorithm => Object.hasOwn(algorithms, name);

/** The value of `Content-Digest` for a body, by one algorithm or by several. */
export function contentDigest(
  body: string | Uint8Array,
  by: readonly DigestAlgorithm[] = ["sha-256"],
): string {
  return by.map((name) => `${name}=${serializeBareItem(digest(algorithms[name], body))}`).join(", ");
}

export type DigestVerdict =
  | { ok: true; algorithms: DigestAlgorithm[] }
  | { ok: false; reason: "malformed" | "unknown_algorithm" | "wrong_digest" };

/** Whether a received `Content-Digest` is that of the body: every known algorithm must agree, and there must be one. */
export function checkContentDigest(header: string, body: string | Uint8Array): DigestVerdict {
  const members = parseDictionary(header);
  if (!members) return { ok: false, reason: "malformed" };
  const known: DigestAlgorithm[] = [];
  for (const [name, member] of members) {
    if (!("value" in member) || !(member.value instanceof Uint8Array))
      return { ok: false, reason: "malformed" };
    if (!isKnown(name)) continue;
    if (!equalDigests(digest(algorithms[name], body), member.value))
      return { ok: false, reason: "wrong_digest" };
    known.push(name);
  }
  return known.length > 0 ? { ok: true, algorithms: known } : { ok: false, reason: "unknown_algorithm" };
}
