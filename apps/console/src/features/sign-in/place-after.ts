/** Where to go after signing in: the place asked for if it is one of ours, never another site. */
export function placeAfter(next: string | undefined): string {
  const base = "http://okno.invalid";
  const url = next?.startsWith("/") ? URL.parse(next, base) : null;
  if (!url || url.origin !== base || url.pathname === "/sign-in") return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}

/** Does the server draw this place, not the console? The guides lead here and are gone back to. */
export function isServersOwn(place: string): boolean {
  return /^\/(?:docs|help)(?:[/?#]|$)/u.test(place);
}
