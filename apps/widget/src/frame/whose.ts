import type { Memory } from "./storage.ts";

/** The user a signed identity names. Read for telling users apart in this browser alone; the server checks what it says. */
function userIn(identity: string): string {
  try {
    const [, content = ""] = identity.split(".");
    const bytes = Uint8Array.from(atob(content.replace(/-/gu, "+").replace(/_/gu, "/")), (c) =>
      c.charCodeAt(0),
    );
    return String(JSON.parse(new TextDecoder().decode(bytes)).sub ?? "");
  } catch {
    return "";
  }
}

export const sameUser = (a: string, b: string) => userIn(a) === userIn(b);

/**
 * What a user has begun to write stays in the browser until it is sent. When somebody else sits down, or nobody is signed in any more, it is
 * forgotten: it must be neither read nor sent in another's name. Words of a visitor without a name go along with whoever that turns out to be.
 */
export function keepApart(memory: Memory, identity: string | undefined): void {
  const before = memory.get("whose");
  const now = identity === undefined ? undefined : userIn(identity);
  if (before !== undefined && before !== now)
    for (const name of ["outbox", "draft", "asked"]) memory.set(name, undefined);
  memory.set("whose", now);
}
