import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { adminKey, startTestApp, type TestApp } from "../../testing/index.ts";

let okno: TestApp;
const client = () => new pg.Client(okno.connection);

beforeAll(async () => {
  okno = await startTestApp();
});
afterAll(() => okno.close());

const headers = { authorization: `Bearer ${adminKey}`, "content-type": "application/json" };
const send = (path: string, body: string, more: Record<string, string> = {}) =>
  fetch(`${okno.url}${path}`, { method: "POST", headers: { ...headers, ...more }, body });

/** Values that no log line may hold, each in the place where people put such things. */
const marked = {
  name: "Аполлинария Меченая",
  email: "mechenaya@secret.example",
  phone: "+79161234567",
  subject: "Меченая тема про паспорт",
  body: "Меченый текст: 4510 123456",
  password: "mecheny-parol-123",
  token: "mecheny-token-0123456789abcdef",
};

async function withConstraint(sql: string, undo: string, run: () => Promise<void>): Promise<void> {
  const db = client();
  await db.connect();
  await db.query(sql);
  await run();
  await db.query(undo);
  await db.end();
}

test("whatever goes right or wrong, the log holds no name, address, text, password or key of anybody", async () => {
  const { name, email, phone, subject, body } = marked;
  const ticket = JSON.stringify({ subject, body, contact: { name, email, phone } });
  const made = await send("/v1/tickets", ticket);
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { id: string };
  expect((await send(`/v1/tickets/${id}/messages`, JSON.stringify({ body }))).status).toBe(201);

  const wrong = [
    await send("/v1/session", JSON.stringify({ email, password: marked.password }), { authorization: "" }),
    await send("/v1/tickets", ticket, { authorization: `Bearer ${marked.token}` }),
    await send("/v1/tickets", ticket.slice(0, -3)),
    await send(
      "/v1/tickets",
      JSON.stringify({ subject, body: [body], contact: { email: `${email} ${name}` } }),
    ),
    await send(`/v1/tickets/${encodeURIComponent(subject)}/messages`, JSON.stringify({ body })),
    await fetch(
      `${okno.url}/v1/tickets?q=${encodeURIComponent(subject)}&cursor=${encodeURIComponent(email)}`,
      { headers },
    ),
    await fetch(`${okno.url}/welcome-${encodeURIComponent(email)}`, {
      headers: { cookie: `session=${marked.token}` },
    }),
  ];
  for (const res of wrong) expect(res.status).toBeGreaterThanOrEqual(400);

  // The database's own words about a row it refuses hold the whole row.
  await withConstraint(
    "alter table messages add constraint refused check (body not like 'Меченый%') not valid",
    "alter table messages drop constraint refused",
    async () => {
      expect((await send("/v1/tickets", ticket)).status).toBe(500);
      expect((await send(`/v1/tickets/${id}/messages`, JSON.stringify({ body }))).status).toBe(500);
    },
  );
  // And its words about a value that it cannot read hold the value.
  await withConstraint(
    "alter table messages add constraint refused check (body::int > 0) not valid",
    "alter table messages drop constraint refused",
    async () => expect((await send(`/v1/tickets/${id}/messages`, JSON.stringify({ body }))).status).toBe(500),
  );

  const log = okno.logs.join("");
  expect(log).toContain("a request failed");
  expect(log).toContain('"constraint":"refused"');
  for (const [what, value] of Object.entries(marked)) expect(log.includes(value), what).toBe(false);
  for (const part of ["Меченая", "4510 123456", "mechenaya", "9161234567"])
    expect(log.includes(part), part).toBe(false);
});
