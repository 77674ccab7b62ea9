import { lookup, Resolver } from "node:dns/promises";
import type { AllowList } from "./addresses.ts";

/** All addresses of a name, those of version 4 first. @throws when it has none. */
export type Resolve = (host: string) => Promise<string[]>;

const patienceMs = 3_000;

/**
 * Names that outsiders chose are asked of the name servers alone: the system's own look-up would hold one of a handful of threads that
 * files and passwords need too. A host on the allow-list may stand in the machine's hosts file.
 */
export function createResolve(allow: AllowList): Resolve {
  const resolver = new Resolver({ timeout: patienceMs, tries: 2 });
  return async (host) => {
    if (allow.hosts.has(host)) {
      const found = await lookup(host, { all: true, order: "ipv4first" });
      return found.map(({ address }) => address);
    }
    const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const addresses = [four, six].flatMap((each) => (each.status === "fulfilled" ? each.value : []));
    if (addresses.length === 0 && four.status === "rejected") throw four.reason;
    if (addresses.length === 0) throw new Error("the name has no address");
    return addresses;
  };
}
