import { randomUUID } from "node:crypto";
import { scopes } from "@okno/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { statement } from "../../platform/database.ts";
import { codeOf, type Person, signUp, startTestApp, type TestApp } from "../../testing/index.ts";

let t: TestApp;
let other: string;
let owner: Person;
let admin: Person;
beforeAll(async () => {
  t = await startTestApp();
  other = (await t.client.projects.create({ body: { name: "Другой" } })).id;
  owner = await signUp(t, { owner: true });
  admin = await signUp(t, { grants: { [t.project]: "admin", [other]: "supervisor" } });
});
afterAll(() => t.close());

const all = [...scopes];

test("a key is shown once, stored as a digest, works at once, and is refused at once when revoked", async () => {
  const body = { name: "Магазин", scopes: ["tickets:read" as const] };
  const { key, secret } = await owner.client.keys.create({ body });
  expect(secret).toMatch(/^okno_[0-9a-z]{26}_[\w-]{43}$/u);
  expect(key).toMatchObject({ name: "Магазин", hint: secret.slice(-4), role: "operator", projects: null });
  const stored = await t.db.system.query(
    statement("test.keys", "select k.*, i.response from api_keys k left join idempotency_records i on true"),
  );
  expect(JSON.stringify(stored)).not.toContain(secret.slice(6));
  expect(JSON.stringify(await owner.client.keys.list())).not.toContain(secret.slice(6, 60));
  expect(t.logs.join("\n")).not.toContain(secret);
  const client = t.clientWith(secret);
  expect(await client.tickets.list()).toMatchObject({ data: [] });
  await owner.client.keys.revoke({ params: { id: key.id } });
  expect(await codeOf(client.tickets.list())).toBe("unauthenticated");
  expect(await codeOf(owner.client.keys.revoke({ params: { id: key.id } }))).toBe("not_found");
  expect((await owner.client.keys.list()).data.map(({ id }) => id)).not.toContain(key.id);
});

test("a key does what its scopes and role allow, in its projects", async () => {
  const { secret } = await owner.client.keys.create({
    body: { name: "Чтение", scopes: ["tickets:read", "settings:read"], projects: [other] },
  });
  const client = t.clientWith(secret);
  expect((await client.projects.list()).data.map(({ id }) => id)).toEqual([other]);
  expect(await codeOf(client.tickets.create({ body: { subject: "s", body: "b", contact: {} } }))).toBe(
    "forbidden",
  );
  expect(await codeOf(client.keys.list())).toBe("forbidden");
  expect(await codeOf(client.session.me())).toBe("forbidden");
});

test("a key ends when its time is over", async () => {
  const expiresAt = new Date(t.clock.now().getTime() + 60_000).toISOString();
  const { secret } = await owner.client.keys.create({ body: { name: "На минуту", scopes: all, expiresAt } });
  expect(await codeOf(t.clientWith(secret).tickets.list())).toBe("accepted");
  t.clock.advance(61_000);
  expect(await codeOf(t.clientWith(secret).tickets.list())).toBe("unauthenticated");
  expect(await codeOf(owner.client.keys.create({ body: { name: "Вчера", scopes: all, expiresAt } }))).toBe(
    "invalid_request",
  );
});

test("a key never reaches further than who makes it", async () => {
  const create = (body: object) =>
    codeOf(admin.client.keys.create({ body: { name: "Ключ", scopes: all, ...body } }));
  expect(await create({ role: "admin", projects: [t.project] })).toBe("accepted");
  expect(await create({})).toBe("forbidden");
  expect(await create({ role: "operator", projects: [other] })).toBe("forbidden");
  expect(await create({ role: "owner" })).toBe("forbidden");
  expect(await create({ role: "owner", projects: [t.project] })).toBe("invalid_request");
  expect(await create({ projects: ["prj_01h455vb4pex5vsknk084sn02q"] })).toBe("unknown_reference");

  const body = {
    name: "Выдача",
    role: "admin" as const,
    scopes: ["members:write" as const],
    projects: [t.project],
  };
  const narrow = t.clientWith((await admin.client.keys.create({ body })).secret);
  const wider = { ...body, scopes: ["members:write" as const, "tickets:read" as const] };
  expect(await codeOf(narrow.keys.create({ body: wider }))).toBe("forbidden");
  expect(await codeOf(narrow.keys.create({ body }))).toBe("accepted");
});

test("an admin manages the keys that stay within their projects, and sees no others", async () => {
  const make = async (projects: string[] | null) =>
    (await owner.client.keys.create({ body: { name: "Ключ", scopes: all, projects } })).key.id;
  const [mine, theirs, both, everywhere] = [
    await make([t.project]),
    await make([other]),
    await make([t.project, other]),
    await make(null),
  ];
  const seen = (await admin.client.keys.list({ query: { limit: 100 } })).data.map(({ id }) => id);
  expect(seen).toContain(mine);
  for (const id of [theirs, both, everywhere]) {
    expect(seen).not.toContain(id);
    expect(await codeOf(admin.client.keys.revoke({ params: { id } }))).toBe("not_found");
  }
  const operator = await signUp(t, { grants: { [t.project]: "operator" } });
  expect(await codeOf(operator.client.keys.list())).toBe("forbidden");
});

test("a key's creation repeated under its idempotency key makes no second key", async () => {
  const idempotencyKey = randomUUID();
  const body = { name: "Один раз", scopes: all };
  await owner.client.keys.create({ body, idempotencyKey });
  expect(await codeOf(owner.client.keys.create({ body, idempotencyKey }))).toBe("already_exists");
  const named = (await owner.client.keys.list({ query: { limit: 100 } })).data.filter(
    ({ name }) => name === "Один раз",
  );
  expect(named).toHaveLength(1);
});
