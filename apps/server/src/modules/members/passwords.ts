import { hash, verify } from "@node-rs/argon2";
import { refuse } from "@okno/kit";

// OWASP Password Storage Cheat Sheet: argon2id (the library's default) with 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Each takes 19 MiB and one of the four threads that files use too. */
const atOnce = 2;
/** About two seconds of work; more is a flood. */
const maxWaiting = 60;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) {
    if (waiting.length >= maxWaiting) throw refuse("unavailable", { retryAfterSeconds: 2 });
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

// The same password typed on two keyboards may differ in code points alone (NIST SP 800-63B, 5.1.1.2).
const normal = (password: string) => password.normalize("NFKC");

/** Runs off the main thread. @throws unavailable when too many are waiting. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normal(password), cost));
}

let dummy: Promise<string> | undefined;

/** Checks against a hash that nobody's password has when there is none, so that the time tells nothing about the account. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  dummy ??= hashPassword("nobody has this password");
  const against = stored ?? (await dummy);
  const right = await inTurn(() => verify(against, normal(password)));
  return right && stored !== undefined;
}
