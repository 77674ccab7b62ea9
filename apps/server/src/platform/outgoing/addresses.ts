import ipaddr from "ipaddr.js";

/** What the administrator lets Okno call although it lies inside: networks, and hosts by name. */
export type AllowList = {
  readonly networks: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][];
  readonly hosts: ReadonlySet<string>;
};

const hostName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_][a-z0-9_-]{0,62})*$/u;

const parsed = (text: string) => ipaddr.process(text);

function networkOf(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  if (!ipaddr.IPv4.isValidFourPartDecimal(entry) && !ipaddr.IPv6.isValid(entry)) return undefined;
  const address = parsed(entry);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

/**
 * Reads hosts, addresses and networks (`10.1.0.0/16`).
 * @returns the entries that are neither, so that the environment can name them.
 */
export function readAllowList(entries: readonly string[]): { list: AllowList; wrong: string[] } {
  const networks: [ipaddr.IPv4 | ipaddr.IPv6, number][] = [];
  const hosts = new Set<string>();
  const wrong: string[] = [];
  for (const entry of entries) {
    const network = networkOf(entry);
    const host = entry.toLowerCase();
    if (network) networks.push(network);
    // An address that is none, such as 10.1.2, must not pass for a name.
    else if (hostName.test(host) && !/^[\d.]+$/u.test(host)) hosts.add(host);
    else wrong.push(entry);
  }
  return { list: { networks, hosts }, wrong };
}

// Everything in IPv6 that is reached over the Internet today was given out from here; the rest tunnels, maps or stays inside.
const globalUnicast = ipaddr.parseCIDR("2000::/3") as [ipaddr.IPv6, number];

/** Is this an address of the open Internet: not private, local, shared, reserved, translated or of many? */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = parsed(text);
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || (address as ipaddr.IPv6).match(globalUnicast);
}

/** May this address be connected to, reached under this name? */
export function mayConnect({ networks, hosts }: AllowList, host: string, address: string): boolean {
  if (isPublicAddress(address) || hosts.has(host)) return true;
  if (!ipaddr.isValid(address)) return false;
  const ip = parsed(address);
  return networks.some(([network, bits]) => network.kind() === ip.kind() && ip.match(network, bits));
}

/** The host of a URL as names and addresses are compared: without the brackets of IPv6 and the dot of an absolute name. */
export function hostOf(url: URL): string {
  return url.hostname
    .replace(/^\[|\]$/gu, "")
    .replace(/\.$/u, "")
    .toLowerCase();
}

/** The address, if the host is one and no name. */
export function literalAddress(host: string): string | undefined {
  return ipaddr.isValid(host) ? host : undefined;
}
