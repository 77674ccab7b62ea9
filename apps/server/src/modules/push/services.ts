// The server posts to an address that a browser named: only the browsers' own services are posted to, never an address inside.
const known = [
  "fcm.googleapis.com",
  "android.googleapis.com",
  "updates.push.services.mozilla.com",
  ".push.services.mozilla.com",
  "web.push.apple.com",
  ".push.apple.com",
  ".notify.windows.com",
  ".wns.windows.com",
];

/** Is this the address of a push service? `extra`: hosts, with their ports, that the administrator trusts besides. */
export function isPushService(endpoint: string, extra: readonly string[]): boolean {
  const url = URL.parse(endpoint);
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "") return false;
  if (extra.includes(url.host)) return true;
  if (url.port !== "") return false;
  return known.some((name) => (name.startsWith(".") ? url.hostname.endsWith(name) : url.hostname === name));
}
