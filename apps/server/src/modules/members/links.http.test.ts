import { afterAll, beforeAll, expect, test } from "vitest";
import {
  codeOf,
  openBrowser,
  signUp,
  startTestApp,
  type TestApp,
  testPassword,
} from "../../testing/index.ts";
import { createWorkspace } from "../workspaces/index.ts";
import { createFirstOwnerLink, hasOwner } from "./index.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const project = { name: "First", locale: "en", timeZone: "UTC", accent: "#0f766e" } as const;
const tokenOf = (url: string) => url.split("#")[1] ?? "";

test("the first owner's link makes one owner, although twenty use it at the same moment", async () => {
  const { workspaceId } = await createWorkspace({ db: t.db, clock: t.clock }, { name: "New", project });
  expect(await hasOwner(t.db.in(workspaceId), workspaceId)).toBe(false);
  const { token } = await createFirstOwnerLink(t.db, t.clock, workspaceId);
  const browsers = Array.from({ length: 20 }, () => openBrowser(t));
  const outcomes = await Promise.all(
    browsers.map(({ client }, index) => {
      const body = {
        token,
        name: `Owner ${index}`,
        email: `owner${index}@example.com`,
        password: testPassword,
      };
      return codeOf(client.session.useLink({ body }));
    }),
  );
  expect(outcomes.filter((outcome) => outcome === "accepted")).toHaveLength(1);
  expect(new Set(outcomes)).toEqual(new Set(["accepted", "link_expired"]));
  const winner = browsers[outcomes.indexOf("accepted")];
  expect(await winner?.client.session.me()).toMatchObject({
    workspace: { name: "New" },
    member: { owner: true },
  });
  expect((await winner?.client.members.list())?.data).toHaveLength(1);
  expect(await hasOwner(t.db.in(workspaceId), workspaceId)).toBe(true);
});

test("a second link for the first owner is worth nothing once there is an owner", async () => {
  const { workspaceId } = await createWorkspace({ db: t.db, clock: t.clock }, { name: "Newer", project });
  const use = (token: string, email: string) =>
    codeOf(
      openBrowser(t).client.session.useLink({ body: { token, name: "O", email, password: testPassword } }),
    );
  const first = await createFirstOwnerLink(t.db, t.clock, workspaceId);
  const second = await createFirstOwnerLink(t.db, t.clock, workspaceId);
  expect(await use(first.token, "a@example.com")).toBe("link_expired");
  expect(await use(second.token, "a@example.com")).toBe("accepted");
  const third = await createFirstOwnerLink(t.db, t.clock, workspaceId);
  expect(await use(third.token, "b@example.com")).toBe("link_expired");
});

test("an invitation says whom it is for, works once, for that address, for three days", async () => {
  const email = "invited@example.com";
  const body = { name: "Гость", email, grants: [{ project: t.project, role: "supervisor" as const }] };
  const { member, link } = await t.client.members.invite({ body });
  expect(member).toMatchObject({ status: "invited", grants: [{ project: t.project, role: "supervisor" }] });
  expect(link.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/welcome#/u);
  const token = tokenOf(link.url);
  const { client } = openBrowser(t);
  expect(await client.session.checkLink({ body: { token } })).toEqual({
    workspace: "Проверка",
    name: "Гость",
    email,
  });
  const use = (sent: string) =>
    codeOf(client.session.useLink({ body: { token, name: "Гость", email: sent, password: testPassword } }));
  expect(await use("thief@example.com")).toBe("invalid_request");
  expect(await use(email)).toBe("accepted");
  expect(await use(email)).toBe("link_expired");
  expect(await codeOf(client.session.checkLink({ body: { token } }))).toBe("link_expired");

  const late = await t.client.members.invite({ body: { ...body, email: "late@example.com" } });
  t.clock.advance(3 * 86_400_000 + 1_000);
  const lateToken = tokenOf(late.link.url);
  expect(await codeOf(client.session.checkLink({ body: { token: lateToken } }))).toBe("link_expired");
});

test("anything that is no link is answered like an expired one", async () => {
  const { client } = openBrowser(t);
  for (const token of ["x".repeat(20), `${"0".repeat(26)}_${"a".repeat(43)}`])
    expect(await codeOf(client.session.checkLink({ body: { token } }))).toBe("link_expired");
});

test("a reset link ends the member's sessions when it is used, and makes the earlier one worthless", async () => {
  const anna = await signUp(t, { grants: { [t.project]: "operator" } });
  const earlier = await t.client.members.link({ params: { id: anna.member.id } });
  const link = await t.client.members.link({ params: { id: anna.member.id } });
  const { client } = openBrowser(t);
  expect(await codeOf(client.session.checkLink({ body: { token: tokenOf(earlier.url) } }))).toBe(
    "link_expired",
  );
  expect(await anna.client.session.me()).toBeTruthy();
  const body = {
    token: tokenOf(link.url),
    name: "Анна",
    email: anna.email,
    password: "a brand new password",
  };
  await client.session.useLink({ body });
  expect(await codeOf(anna.client.session.me())).toBe("unauthenticated");
});
