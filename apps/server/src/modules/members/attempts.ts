import { createHmac } from "node:crypto";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Database, type Queryable, statement } from "../../platform/database.ts";
import { type Counted, freeByDevice, networkOf, secondsToWait, windowMs } from "./throttle.ts";

const lock = statement("attempts.lock", "select pg_advisory_xact_lock(key) from unnest($1::bigint[]) as key");
const count = statement(
  "attempts.count",
  `select bucket, count(*)::int as failures, max(at) as last_at from sign_in_attempts
   where bucket = any($1::bytea[]) and at > $2 group by bucket`,
);
const add = statement(
  "attempts.add",
  "insert into sign_in_attempts (bucket, at) select unnest($1::bytea[]), $2",
);
const forgetOne = statement(
  "attempts.forget_one",
  `delete from sign_in_attempts where ctid in (
     select (select a.ctid from sign_in_attempts a where a.bucket = b and a.at = $2 limit 1) from unnest($1::bytea[]) as b)`,
);
const forgetAll = statement("attempts.forget_all", "delete from sign_in_attempts where bucket = $1");
const forgetOld = statement("attempts.forget_old", "delete from sign_in_attempts where at <= $1");

export type Attempt = {
  email: string;
  address: string;
  /** The nonce of a valid device cookie for this account. */
  device: string | undefined;
};

/** An admitted attempt: counted as a failure until it succeeds, so that attempts at the same moment count one another. */
export type Admitted = { at: Date; own: Buffer; shared: readonly Buffer[] };

export type AttemptDeps = { db: Database; clock: Clock; secret: string };

type Buckets = { pair: Buffer; address: Buffer; account: Buffer; device: Buffer | undefined };

function bucketsOf(secret: string, { email, address, device }: Attempt): Buckets {
  const bucket = (...parts: string[]) =>
    createHmac("sha256", secret)
      .update(`sign-in ${parts.join("\n")}`)
      .digest();
  const network = networkOf(address);
  return {
    pair: bucket("pair", network, email),
    address: bucket("address", network),
    account: bucket("account", email),
    device: device === undefined ? undefined : bucket("device", device, email),
  };
}

// In one order, so that two attempts never wait for each other.
async function lockBuckets(tx: Queryable, buckets: readonly Buffer[]): Promise<void> {
  const keys = buckets.map((bucket) => bucket.readBigInt64BE()).sort((a, b) => (a < b ? -1 : 1));
  await tx.query(lock, [keys.map(String)]);
}

async function countIn(tx: Queryable, buckets: readonly Buffer[], now: Date): Promise<Counted[]> {
  type Row = { bucket: Buffer; failures: number; last_at: Date };
  const rows = await tx.query<Row>(count, [buckets, new Date(now.getTime() - windowMs)]);
  return buckets.map((bucket) => {
    const row = rows.find((each) => each.bucket.equals(bucket));
    return { failures: row?.failures ?? 0, lastAt: row?.last_at };
  });
}

const none: Counted = { failures: 0, lastAt: undefined };

/** Takes one attempt, or says how long to wait. @throws rate_limited; a refused attempt does not lengthen the wait. */
export async function admitAttempt({ db, clock, secret }: AttemptDeps, attempt: Attempt): Promise<Admitted> {
  const { pair, address, account, device } = bucketsOf(secret, attempt);
  const buckets = [pair, address, account, ...(device ? [device] : [])];
  return db.system.transaction(async (tx) => {
    await lockBuckets(tx, buckets);
    const now = clock.now();
    const [byPair = none, byAddress = none, byAccount = none, byDevice] = await countIn(tx, buckets, now);
    if (device && byDevice && byDevice.failures < freeByDevice) {
      await tx.query(add, [[device], now]);
      return { at: now, own: device, shared: [] };
    }
    const retryAfterSeconds = secondsToWait({ pair: byPair, address: byAddress, account: byAccount }, now);
    if (retryAfterSeconds > 0) throw refuse("rate_limited", { retryAfterSeconds });
    await tx.query(add, [[pair, address, account], now]);
    return { at: now, own: pair, shared: [address, account] };
  });
}

/** The password was right: this device or address starts anew, and the attempt no longer counts against the others. */
export async function forgiveAttempt(
  { db }: Pick<AttemptDeps, "db">,
  { at, own, shared }: Admitted,
): Promise<void> {
  await db.system.query(forgetAll, [own]);
  if (shared.length > 0) await db.system.query(forgetOne, [shared, at]);
}

/** Removes what no longer counts. */
export async function forgetOldAttempts({ db, clock }: Pick<AttemptDeps, "db" | "clock">): Promise<void> {
  await db.system.query(forgetOld, [new Date(clock.now().getTime() - windowMs)]);
}
