import { createHash, randomBytes } from "node:crypto";
import { v7 } from "uuid";
import type { Clock } from "./clock.ts";

/** A new UUIDv7 by the injected clock: ids made later sort later. */
export function newId(clock: Clock): string {
  return v7({ msecs: clock.now().getTime() });
}

/** 256 bits that nobody can guess, in URL-safe letters. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** How secrets with full entropy are stored: a plain digest is enough, they cannot be guessed. */
export function digest(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
