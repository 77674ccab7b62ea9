import { afterAll, beforeAll, expect, test } from "vitest";
import { statement } from "../../platform/database.ts";
import {
  codeOf,
  openBrowser,
  signUp,
  startTestApp,
  type TestApp,
  testPassword,
} from "../../testing/index.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const rows = (name: string) => t.db.system.query(statement(`test.${name}`, `select * from ${name}`));

test("a member signs in, is known by the cookie, and is nobody after signing out", async () => {
  const anna = await signUp(t, { grants: { [t.project]: "operator" } });
  const browser = openBrowser(t);
  expect(await codeOf(browser.client.session.me())).toBe("unauthenticated");
  const email = anna.email.toUpperCase();
  const me = await browser.client.session.signIn({ body: { email, password: testPassword } });
  expect(me).toMatchObject({
    workspace: { name: "Проверка" },
    member: { id: anna.member.id, status: "active", grants: [{ project: t.project, role: "operator" }] },
    demo: false,
  });
  expect(await browser.client.session.me()).toMatchObject({ session: me.session });
  const cookie = browser.cookies.get("okno_session");
  await browser.client.session.signOut();
  expect(browser.cookies.has("okno_session")).toBe(false);
  browser.cookies.set("okno_session", cookie ?? "");
  expect(await codeOf(browser.client.session.me())).toBe("unauthenticated");
});

test("the session cookie is out of reach of scripts and other sites, and only its digest is stored", async () => {
  const anna = await signUp(t);
  const res = await fetch(`${t.url}/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: anna.email, password: testPassword }),
  });
  const line = res.headers.getSetCookie().find((each) => each.startsWith("okno_session="));
  expect(line).toMatch(/HttpOnly/u);
  expect(line).toMatch(/SameSite=Lax/u);
  const secret = line?.split(/[=;]/u)[1] ?? "";
  expect(secret.length).toBeGreaterThan(60);
  expect(JSON.stringify(await rows("sessions"))).not.toContain(secret);
  expect(JSON.stringify(await rows("members"))).not.toContain(testPassword);
  expect(t.logs.join("\n")).not.toContain(testPassword);
});

test("a wrong password and an unknown address are answered alike", async () => {
  const anna = await signUp(t);
  const answer = async (email: string) => {
    const res = await fetch(`${t.url}/v1/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password: "not the password" }),
    });
    const { requestId, ...problem } = (await res.json()) as { requestId: string };
    expect(requestId).toBeTruthy();
    return { status: res.status, problem };
  };
  const wrong = await answer(anna.email);
  expect(wrong).toMatchObject({ status: 401, problem: { code: "wrong_credentials" } });
  expect(await answer("nobody@example.com")).toEqual(wrong);
});

test("one sees one's own sessions and ends any of them; nobody else's", async () => {
  const anna = await signUp(t);
  const boris = await signUp(t);
  const second = openBrowser(t, { "user-agent": "Second/1.0" });
  const { session } = await second.client.session.signIn({
    body: { email: anna.email, password: testPassword },
  });
  const { data } = await anna.client.session.list();
  expect(data).toHaveLength(2);
  expect(data.find((each) => each.id === session)).toMatchObject({ current: false, userAgent: "Second/1.0" });
  expect(data.filter((each) => each.current)).toHaveLength(1);
  expect(await codeOf(boris.client.session.revoke({ params: { id: session } }))).toBe("not_found");
  await anna.client.session.revoke({ params: { id: session } });
  expect(await codeOf(second.client.session.me())).toBe("unauthenticated");
  expect(await codeOf(anna.client.session.revoke({ params: { id: session } }))).toBe("not_found");
  expect(await anna.client.session.me()).toBeTruthy();
});

test("a session ends two weeks after its last use", async () => {
  const anna = await signUp(t);
  t.clock.advance(13 * 86_400_000);
  expect(await anna.client.session.me()).toBeTruthy();
  t.clock.advance(13 * 86_400_000);
  expect(await anna.client.session.me()).toBeTruthy();
  t.clock.advance(15 * 86_400_000);
  expect(await codeOf(anna.client.session.me())).toBe("unauthenticated");
});

test("a changed password ends the other sessions and leaves this one", async () => {
  const anna = await signUp(t);
  const other = openBrowser(t);
  await other.client.session.signIn({ body: { email: anna.email, password: testPassword } });
  const next = "another long password";
  const wrong = anna.client.session.changePassword({ body: { current: "not the password", next } });
  expect(await codeOf(wrong)).toBe("wrong_credentials");
  expect(
    await codeOf(anna.client.session.changePassword({ body: { current: testPassword, next: "short" } })),
  ).toBe("invalid_request");
  await anna.client.session.changePassword({ body: { current: testPassword, next } });
  expect(await codeOf(other.client.session.me())).toBe("unauthenticated");
  expect(await anna.client.session.me()).toBeTruthy();
  const again = openBrowser(t).client.session;
  expect(await codeOf(again.signIn({ body: { email: anna.email, password: testPassword } }))).toBe(
    "wrong_credentials",
  );
  expect(await codeOf(again.signIn({ body: { email: anna.email, password: next } }))).toBe("accepted");
});

test("a member changes name and preferences", async () => {
  const anna = await signUp(t);
  const me = await anna.client.session.updateMe({ body: { name: "Анна  К.", theme: "dark", locale: "en" } });
  expect(me.member.name).toBe("Анна К.");
  expect(me.preferences).toEqual({
    locale: "en",
    theme: "dark",
    density: "comfortable",
    undoSendSeconds: 10,
    signature: "",
  });
  expect(await anna.client.session.me()).toEqual(me);
});

test("a page of another site can neither sign anyone in nor act with a session", async () => {
  const anna = await signUp(t);
  const evil = openBrowser(t, { "sec-fetch-site": "cross-site" });
  const body = { email: anna.email, password: testPassword };
  expect(await codeOf(evil.client.session.signIn({ body }))).toBe("cross_site");
  evil.cookies.set("okno_session", anna.cookies.get("okno_session") ?? "");
  expect(await codeOf(evil.client.session.updateMe({ body: { name: "Взлом" } }))).toBe("cross_site");
  const old = openBrowser(t, { origin: "https://evil.example" });
  old.cookies.set("okno_session", anna.cookies.get("okno_session") ?? "");
  expect(await codeOf(old.client.session.signOut())).toBe("cross_site");
  expect(await anna.client.session.me()).toMatchObject({ member: { name: anna.member.name } });
});

test("a key has no session: routes for people are closed to it", async () => {
  expect(await codeOf(t.client.session.me())).toBe("forbidden");
  expect(await codeOf(t.client.session.list())).toBe("forbidden");
  expect(await codeOf(t.client.session.updateMe({ body: { theme: "dark" } }))).toBe("forbidden");
});
