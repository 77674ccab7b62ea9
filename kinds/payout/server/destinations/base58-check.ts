import { sha256 } from "@noble/hashes/sha2.js";
import { fromBase58, sameBytes } from "./bytes.ts";
import type { DestinationRefusal } from "./checker.ts";

const versionAndHash = 21;
const checksumBytes = 4;

type Payload = { ok: true; version: number } | { ok: false; why: DestinationRefusal };

/** The version of an address in Base58Check: a version's byte, the 20 bytes of a hash, four bytes of checksum. */
export function readBase58Check(text: string): Payload {
  const bytes = fromBase58(text);
  if (bytes?.length !== versionAndHash + checksumBytes) return { ok: false, why: "malformed" };
  const payload = bytes.subarray(0, versionAndHash);
  const checksum = sha256(sha256(payload)).subarray(0, checksumBytes);
  if (!sameBytes(checksum, bytes.subarray(versionAndHash))) return { ok: false, why: "wrong_checksum" };
  return { ok: true, version: payload[0] ?? -1 };
}
