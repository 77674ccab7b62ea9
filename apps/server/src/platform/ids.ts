import { createHash, randomBytes, randomFillSync } from "node:crypto";
import { v7 } from "uuid";
import type { Clock } from "./clock.ts";

const pool = Buffer.allocUnsafe(4096);
const randomPerId = 16;
let used = pool.length;

// Random bytes are fetched by the pageful: one call of the system for 256 ids.
function takeRandom(): Uint8Array {
  if (used + randomPerId > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += randomPerId;
  return pool.subarray(used - randomPerId, used);
}

/** A new UUIDv7 by the injected clock: ids made later sort later. */
export function newId(clock: Clock): string {
  return v7({ msecs: clock.now().getTime(), random: takeRandom() });
}

/** 256 bits that nobody can guess, in URL-safe letters. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** How secrets with full entropy are stored: a plain digest is enough, they cannot be guessed. */
export function digest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
