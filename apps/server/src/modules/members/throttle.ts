/** Failures older than this are forgotten. */
export const windowMs = 15 * 60_000;

export type Counted = { failures: number; lastAt: Date | undefined };

/** Failures of the last window: of this address with this account, of the address, of the account from unknown devices. */
export type Failures = { pair: Counted; address: Counted; account: Counted };

const freeByPair = 5;
/** An office may sit behind one address. */
const freeByAddress = 50;
/** More than this on one account is no forgetful owner: from then on a new address has one attempt before it waits. */
const accountUnderAttack = 20;
export const freeByDevice = 10;

function waitMs({ failures, lastAt }: Counted, free: number, firstMs: number, now: Date): number {
  if (failures < free || !lastAt) return 0;
  const wait = Math.min(firstMs * 2 ** (failures - free), windowMs);
  return Math.max(0, lastAt.getTime() + wait - now.getTime());
}

/**
 * How long an unknown device waits before its next attempt, in seconds; 0 when it may try now. No number of failures elsewhere keeps
 * the first attempt of a new address waiting, so an attacker never locks the owner out.
 */
export function secondsToWait({ pair, address, account }: Failures, now: Date): number {
  const attacked = account.failures >= accountUnderAttack;
  const byPair = attacked ? waitMs(pair, 1, 60_000, now) : waitMs(pair, freeByPair, 2_000, now);
  return Math.ceil(Math.max(byPair, waitMs(address, freeByAddress, 2_000, now)) / 1000);
}

/** An IPv6 subscriber holds a whole /64; an IPv4 address written as IPv6 is the IPv4 address. */
export function networkOf(address: string): string {
  if (address.startsWith("::ffff:") && address.includes(".")) return address.slice(7);
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const groups = [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill("0"), ...back];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/u, ""))
    .join(":")}::/64`;
}
