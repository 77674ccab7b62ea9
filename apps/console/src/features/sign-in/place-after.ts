/** Where to go after signing in: the place asked for if it is one of ours, never another site. */
export function placeAfter(next: string | undefined): string {
  const base = "http://okno.invalid";
  const url = next?.startsWith("/") ? URL.parse(next, base) : null;
  if (!url || url.origin !== base || url.pathname === "/sign-in") return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
