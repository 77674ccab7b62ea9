import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { statement } from "../../platform/database.ts";
import { codeOf, type Person, signUp, startTestApp, type TestApp } from "../../testing/index.ts";

let t: TestApp;
let other: string;
let third: string;
let owner: Person;
let admin: Person;
beforeAll(async () => {
  t = await startTestApp();
  other = (await t.client.projects.create({ body: { name: "Другой" } })).id;
  third = (await t.client.projects.create({ body: { name: "Третий" } })).id;
  owner = await signUp(t, { owner: true });
  admin = await signUp(t, { grants: { [t.project]: "admin", [other]: "operator" } });
});
afterAll(() => t.close());

let invited = 0;
const someone = () => ({ name: "Кто-то", email: `someone${++invited}@example.com` });

test("members see who shares a project with them, and no grants in projects they do not see", async () => {
  const here = await signUp(t, { grants: { [t.project]: "operator", [third]: "operator" } });
  const away = await signUp(t, { grants: { [third]: "admin" } });
  const seen = (await admin.client.members.list({ query: { limit: 100 } })).data;
  const ids = seen.map((member) => member.id);
  expect(ids).toEqual(expect.arrayContaining([admin.member.id, owner.member.id, here.member.id]));
  expect(ids).not.toContain(away.member.id);
  expect(seen.find((member) => member.id === here.member.id)?.grants).toEqual([
    { project: t.project, role: "operator" },
  ]);
  const all = (await owner.client.members.list({ query: { limit: 100 } })).data.map((member) => member.id);
  expect(all).toEqual(expect.arrayContaining([here.member.id, away.member.id]));
});

test("the list comes in pages that neither repeat nor skip anyone", async () => {
  const all = (await t.client.members.list({ query: { limit: 100 } })).data.map(({ id }) => id);
  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await t.client.members.list({ query: { limit: 2, ...(cursor && { cursor }) } });
    paged.push(...page.data.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(paged).toEqual(all);
  expect(await codeOf(t.client.members.list({ query: { cursor: "nonsense" } }))).toBe("invalid_cursor");
});

test("an admin invites into the projects they administer, and nowhere else", async () => {
  const invite = (grants: { project: string; role: "operator" | "admin" }[], more = {}) =>
    admin.client.members.invite({ body: { ...someone(), grants, ...more } });
  expect((await invite([{ project: t.project, role: "admin" }])).member.grants).toHaveLength(1);
  expect(await codeOf(invite([{ project: other, role: "operator" }]))).toBe("forbidden");
  expect(await codeOf(invite([{ project: third, role: "operator" }]))).toBe("unknown_reference");
  expect(await codeOf(invite([]))).toBe("invalid_request");
  expect(await codeOf(invite([{ project: t.project, role: "operator" }], { owner: true }))).toBe("forbidden");
  const twice = [
    { project: t.project, role: "operator" as const },
    { project: t.project, role: "admin" as const },
  ];
  expect(await codeOf(invite(twice))).toBe("invalid_request");
});

test("an address belongs to one member of a workspace, although twenty invite it at the same moment", async () => {
  const body = { ...someone(), grants: [{ project: t.project, role: "operator" as const }] };
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      codeOf(
        owner.client.members.invite({
          body: { ...body, email: index % 2 ? body.email : body.email.toUpperCase() },
        }),
      ),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === "accepted")).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === "already_exists")).toHaveLength(19);
});

test("operators and supervisors manage nobody", async () => {
  const supervisor = await signUp(t, { grants: { [t.project]: "supervisor" } });
  const grants = [{ project: t.project, role: "operator" as const }];
  expect(await codeOf(supervisor.client.members.invite({ body: { ...someone(), grants } }))).toBe(
    "forbidden",
  );
  const params = { id: supervisor.member.id };
  const self = supervisor.client.members.update({
    params,
    body: { grants: [{ project: t.project, role: "admin" }] },
  });
  expect(await codeOf(self)).toBe("forbidden");
  expect(await codeOf(supervisor.client.members.link({ params }))).toBe("forbidden");
});

test("an admin changes roles in their own project and leaves the others as they are", async () => {
  const person = await signUp(t, { grants: { [t.project]: "operator", [third]: "supervisor" } });
  const params = { id: person.member.id };
  const changed = await admin.client.members.update({
    params,
    body: { grants: [{ project: t.project, role: "supervisor" }] },
  });
  expect(changed.grants).toEqual([{ project: t.project, role: "supervisor" }]);
  const whole = async () => (await person.client.session.me()).member.grants;
  expect(await whole()).toEqual(
    expect.arrayContaining([
      { project: t.project, role: "supervisor" },
      { project: third, role: "supervisor" },
    ]),
  );
  const reach = { grants: [{ project: other, role: "operator" as const }] };
  expect(await codeOf(admin.client.members.update({ params, body: reach }))).toBe("forbidden");
  await admin.client.members.update({ params, body: { grants: [] } });
  expect(await whole()).toEqual([{ project: third, role: "supervisor" }]);
  expect(await codeOf(admin.client.members.update({ params, body: { grants: [] } }))).toBe("not_found");
});

test("what holds for the whole person is for who administers all their projects: no password of a colleague elsewhere", async () => {
  const shared = await signUp(t, { grants: { [t.project]: "operator", [third]: "operator" } });
  const local = await signUp(t, { grants: { [t.project]: "operator" } });
  for (const [person, code] of [
    [shared, "forbidden"],
    [owner, "forbidden"],
    [local, "accepted"],
  ] as const) {
    const params = { id: person.member.id };
    expect(await codeOf(admin.client.members.link({ params }))).toBe(code);
    expect(await codeOf(admin.client.members.update({ params, body: { name: "Имя" } }))).toBe(code);
  }
  const body = { owner: true };
  expect(await codeOf(admin.client.members.update({ params: { id: local.member.id }, body }))).toBe(
    "forbidden",
  );
});

test("a disabled member's sessions end at once and the password opens nothing", async () => {
  const person = await signUp(t, { grants: { [t.project]: "operator" } });
  const params = { id: person.member.id };
  expect(await person.client.session.me()).toBeTruthy();
  const disabled = await admin.client.members.update({ params, body: { disabled: true } });
  expect(disabled.status).toBe("disabled");
  expect(await codeOf(person.client.session.me())).toBe("unauthenticated");
  const { email } = person;
  const signIn = () => person.client.session.signIn({ body: { email, password: "correct horse battery" } });
  expect(await codeOf(signIn())).toBe("wrong_credentials");
  expect(await codeOf(admin.client.members.link({ params }))).toBe("forbidden");
  await admin.client.members.update({ params, body: { disabled: false } });
  expect(await codeOf(person.client.session.me())).toBe("unauthenticated");
  expect(await codeOf(signIn())).toBe("accepted");
  const types = await t.db.system.query<{ type: string }>(
    statement(
      "test.member_events",
      "select distinct type from workspace_events where data ->> 'member' = $1",
    ),
    [person.member.id],
  );
  expect(types.map(({ type }) => type)).toEqual(
    expect.arrayContaining([
      "member.added",
      "member.changed",
      "session.started",
      "session.ended",
      "password.changed",
    ]),
  );
});

test("the last owner stays, although two owners demote each other at the same moment", async () => {
  const second = await signUp(t, { owner: true });
  const demote = (by: Person, whom: Person) =>
    codeOf(by.client.members.update({ params: { id: whom.member.id }, body: { owner: false } }));
  const outcomes = await Promise.all([demote(owner, second), demote(second, owner)]);
  expect(outcomes.filter((outcome) => outcome === "accepted")).toHaveLength(1);
  const left = outcomes[0] === "accepted" ? owner : second;
  const params = { id: left.member.id };
  expect(await codeOf(t.client.members.update({ params, body: { owner: false } }))).toBe("last_owner");
  expect(await codeOf(t.client.members.update({ params, body: { disabled: true } }))).toBe("last_owner");
  // An invited owner who has never signed in is no owner to count on.
  await t.client.members.invite({ body: { ...someone(), owner: true } });
  expect(await codeOf(t.client.members.update({ params, body: { owner: false } }))).toBe("last_owner");
  for (const person of [owner, second])
    await t.client.members.update({ params: { id: person.member.id }, body: { owner: true } });
});

test("a member of another workspace is no member", async () => {
  const { createWorkspace } = await import("../workspaces/index.ts");
  const { addMember } = await import("./index.ts");
  const project = { name: "Elsewhere", locale: "en", timeZone: "UTC", accent: "#0f766e" } as const;
  const { workspaceId } = await createWorkspace({ db: t.db, clock: t.clock }, { name: "Elsewhere", project });
  const stranger = { name: "Stranger", email: admin.email, owner: true, grants: [], locale: "en" as const };
  const id = await t.db.transaction(workspaceId, (tx) =>
    addMember(tx, t.clock, { ...stranger, passwordHash: null }),
  );
  const { toPublicId } = await import("@okno/contract");
  const params = { id: toPublicId("member", id) };
  expect(await codeOf(owner.client.members.update({ params, body: { disabled: true } }))).toBe("not_found");
  expect(await codeOf(owner.client.members.link({ params }))).toBe("not_found");
});

test("an invitation repeated under its idempotency key makes no second member and stores no link", async () => {
  const body = { ...someone(), grants: [{ project: t.project, role: "operator" as const }] };
  const idempotencyKey = randomUUID();
  const { link } = await owner.client.members.invite({ body, idempotencyKey });
  expect(await codeOf(owner.client.members.invite({ body, idempotencyKey }))).toBe("already_exists");
  const stored = await t.db.system.query(
    statement("test.idempotency", "select response from idempotency_records"),
  );
  expect(JSON.stringify(stored)).not.toContain(link.url.split("#")[1]);
});
