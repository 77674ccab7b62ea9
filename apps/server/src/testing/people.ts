import type { Member, Role } from "@okno/contract";
import { createClient, type OknoClient } from "@okno/sdk";
import type { TestApp } from "./test-app.ts";

/** A browser with cookies of its own. */
export type Browser = { client: OknoClient; cookies: Map<string, string>; fetch: typeof fetch };

/** `headers` go with every request, as a browser or a proxy would send them. */
export function openBrowser(t: Pick<TestApp, "url">, headers: Record<string, string> = {}): Browser {
  const cookies = new Map<string, string>();
  const withCookies: typeof fetch = async (input, init) => {
    const sent = new Headers(init?.headers);
    if (cookies.size > 0)
      sent.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    for (const [name, value] of Object.entries(headers)) sent.set(name, value);
    const res = await fetch(input, { ...init, headers: sent });
    for (const line of res.headers.getSetCookie()) {
      const [pair = "", ...rest] = line.split(";");
      const [name = "", value = ""] = pair.split("=");
      const gone = value === "" || rest.some((part) => /^\s*expires=Thu, 01 Jan 1970/iu.test(part));
      if (gone) cookies.delete(name);
      else cookies.set(name, value);
    }
    return res;
  };
  return { client: createClient({ baseUrl: t.url, fetch: withCookies }), cookies, fetch: withCookies };
}

export const testPassword = "correct horse battery";

export type Person = Browser & { member: Member; email: string };

let people = 0;

/** A member with these roles by project, who has used the invitation and is signed in. */
export async function signUp(
  t: TestApp,
  roles: { owner?: boolean; grants?: Record<string, Exclude<Role, "owner">> } = {},
): Promise<Person> {
  people++;
  const email = `person${people}@example.com`;
  const name = `Person ${people}`;
  const grants = Object.entries(roles.grants ?? {}).map(([project, role]) => ({ project, role }));
  const { link } = await t.client.members.invite({
    body: { name, email, owner: roles.owner ?? false, grants },
  });
  const token = link.url.split("#")[1] ?? "";
  const browser = openBrowser(t);
  const me = await browser.client.session.useLink({ body: { token, name, email, password: testPassword } });
  return { ...browser, member: me.member, email };
}

/** What a refused call was refused with. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && "code" in error) return String(error.code);
    throw error;
  }
  return "accepted";
}
