import type { OutgoingRefusal } from "@okno/kit";
import { type AllowList, hostOf, isPublicAddress, literalAddress, mayConnect } from "./addresses.ts";

// Ports of other protocols that a web server seldom has: nobody is to reach a database or a mail server from here by an address in a form.
const otherProtocols = new Set([
  1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5672, 5984,
  6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 9200, 9300, 10080, 10250, 11211,
  27017,
]);

function isWebPort(url: URL): boolean {
  if (url.port === "") return true;
  const port = Number(url.port);
  return port === 80 || port === 443 || (port >= 1024 && !otherProtocols.has(port));
}

/** What is wrong with an address as it is written; what its name leads to is seen when it is called. */
export function outgoingProblem(allow: AllowList, text: string): OutgoingRefusal | undefined {
  const url = URL.parse(text);
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) return "bad_url";
  if (url.username !== "" || url.password !== "" || text.length > 2_000) return "bad_url";
  const host = hostOf(url);
  if (host === "") return "bad_url";
  const address = literalAddress(host);
  if (address !== undefined && !mayConnect(allow, host, address)) return "private_address";
  // Whoever put an address of their own on the list means its ports too.
  const listed = allow.hosts.has(host) || (address !== undefined && !isPublicAddress(address));
  return listed || isWebPort(url) ? undefined : "port";
}
