import { addMember, startSession } from "../modules/members/index.ts";
import type { TestApp } from "./test-app.ts";

type Person = {
  name: string;
  role?: "operator" | "supervisor" | "admin";
  projects?: readonly string[];
  owner?: boolean;
};

/** A member with a session. `projects` are UUIDs; the default project if absent. @returns the id and the cookie of a browser. */
export async function addPerson(
  t: TestApp,
  { name, role = "operator", projects = [t.projectId], owner = false }: Person,
) {
  const email = `${crypto.randomUUID()}@okno.example`;
  const grants = owner ? [] : projects.map((project_id) => ({ project_id, role }));
  return t.db.transaction(t.workspaceId, async (tx) => {
    const id = await addMember(tx, t.clock, { name, email, owner, grants, locale: "ru", passwordHash: null });
    const { secret } = await startSession(tx, t.clock, {
      memberId: id,
      peer: { address: "127.0.0.1", userAgent: "test" },
    });
    return { id, email, cookie: `okno_session=${secret}` };
  });
}

/** Calls the API as a browser with this cookie. */
export async function asPerson(t: TestApp, cookie: string, method: string, path: string, body?: unknown) {
  const res = await fetch(`${t.url}${path}`, {
    method,
    headers: { cookie, ...(body !== undefined && { "content-type": "application/json" }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await res.text();
  return { status: res.status, body: text === "" ? undefined : JSON.parse(text) };
}
