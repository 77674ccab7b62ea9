import { createClient } from "@okno/sdk";
import { adminKey, type BenchServer } from "./server.ts";

const password = "a bench's own password";

/** Makes an owner and answers the session cookie that a browser of theirs would hold. */
export async function signInOwner({ url }: BenchServer): Promise<{ name: string; value: string }> {
  const admin = createClient({ baseUrl: url, key: adminKey });
  const email = `owner-${Date.now()}@example.com`;
  const { link } = await admin.members.invite({ body: { name: "Анна", email, owner: true, grants: [] } });
  const token = link.url.split("#")[1] ?? "";
  let cookie = "";
  const browser = createClient({
    baseUrl: url,
    fetch: async (input, init) => {
      const res = await fetch(input, init);
      cookie ||= res.headers.getSetCookie()[0] ?? "";
      return res;
    },
  });
  // biome-ignore lint/correctness/useHookAtTopLevel: a call of the API, no hook
  await browser.session.useLink({ body: { token, name: "Анна", email, password } });
  const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=");
  return { name, value };
}
