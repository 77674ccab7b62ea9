import { type ErrorCode, errorCodes, type Route, routes } from "@okno/contract";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { payoutApprovalRoutes } from "../../../kinds/payout/contract-approvals.ts";
import { apiRoutes } from "./api-routes.ts";
import { codesOf, errorTable } from "./modules/api-docs/index.ts";
import { type Answer, call, type Input } from "./testing/calls.ts";
import { payoutUnderStepUp } from "./testing/fixtures/approval-tables.ts";
import { payoutRaisers } from "./testing/fixtures/payout-raisers.ts";
import { enrolApp } from "./testing/one-time-codes.ts";
import { openBrowser, testPassword } from "./testing/people.ts";
import { type Caller, cookieOf, createWorld, textFile, type World } from "./testing/world.ts";

// Every code of the table is raised by really calling the API. A code without an entry does not compile.

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

type Raised = { route: Route; answer: Answer };
const raise = async (route: Route, input: Input = {}, caller: Caller = world.fullKey): Promise<Raised> => ({
  route,
  answer: await call(world, route, caller, input),
});
const ticketHere = () => ({ params: { id: world.here.ticket } });
const newTicket = { subject: "Вопрос", body: "Где?" };
const freshTicket = async () => (await world.t.client.tickets.create({ body: newTicket })).id;

async function twoConversations(): Promise<string> {
  const { t, here } = world;
  const chat = `${t.url}/chat/${here.channelKey}`;
  const json = { "content-type": "application/json" };
  const begun = await fetch(`${chat}/session`, { method: "POST", headers: json, body: "{}" });
  const { token } = (await begun.json()) as { token: string };
  const write = async () => {
    const body = JSON.stringify({ externalId: crypto.randomUUID(), body: "Здравствуйте" });
    const headers = { ...json, authorization: `Bearer ${token}` };
    expect((await fetch(`${chat}/messages`, { method: "POST", headers, body })).status).toBe(201);
  };
  await write();
  const [first] = (await t.client.tickets.list({ query: { limit: 1 } })).data;
  const id = first?.id ?? "";
  await t.client.actions.complete({ params: { id }, body: {} });
  t.clock.advance(73 * 3_600_000);
  await write();
  return id;
}

/** Stops every statement of the application that waits for a lock, as a restart of the database would. */
async function whileDatabaseStops<T>(lock: string, run: () => Promise<T>): Promise<T> {
  const client = new pg.Client(world.t.connection);
  await client.connect();
  try {
    await client.query("begin");
    await client.query(lock);
    const running = run();
    const stop =
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    for (let stopped = 0; stopped === 0; ) stopped = (await client.query(stop)).rowCount ?? 0;
    return await running;
  } finally {
    await client.query("rollback");
    await client.end();
  }
}

async function withoutTable<T>(table: string, run: () => Promise<T>): Promise<T> {
  const client = new pg.Client(world.t.connection);
  await client.connect();
  try {
    await client.query(`alter table ${table} rename to hidden`);
    return await run();
  } finally {
    await client.query(`alter table hidden rename to ${table}`);
    await client.end();
  }
}

async function freshApproval(more: { needed?: number; expiresInMinutes?: number } = {}): Promise<string> {
  const asked = await world.t.client.confirmations.ask({
    params: { id: await freshTicket() },
    body: { method: "approval", text: "Вернуть деньги", ...more },
  });
  return asked.confirmation.id;
}

const raisers: Record<ErrorCode, () => Promise<Raised>> = {
  ...payoutRaisers(() => world),
  invalid_request: () => raise(routes.tickets.create, { body: {} }),
  invalid_json: () =>
    raise(routes.tickets.create, {
      form: new URLSearchParams("{"),
      headers: { "content-type": "application/json" },
    }),
  invalid_cursor: () => raise(routes.tickets.list, { query: { cursor: "made-up" } }),
  unauthenticated: () => raise(routes.tickets.list, {}, {}),
  wrong_credentials: () =>
    raise(routes.session.signIn, { body: { email: "nobody@example.com", password: "wrong" } }, {}),
  forbidden: () => raise(routes.tickets.list, {}, world.keyWithout("tickets:read")),
  step_up_required: async () =>
    raise(
      payoutApprovalRoutes.approve,
      { params: { id: await payoutUnderStepUp(world.t, world.fullKey, world.here.project) }, body: {} },
      world.callers.supervisor,
    ),
  wrong_code: async () => {
    const person = await world.newPerson();
    await enrolApp(person, world.t.clock);
    return raise(routes.stepUp.prove, { body: { code: "000000" } }, cookieOf(person));
  },
  cross_site: () =>
    raise(routes.actions.claim, ticketHere(), { ...world.callers.operator, "sec-fetch-site": "cross-site" }),
  not_found: () => raise(routes.tickets.get, { params: { id: world.abroad.ticket } }),
  link_expired: () => raise(routes.session.checkLink, { body: { token: "0".repeat(40) } }, {}),
  method_not_allowed: () => raise({ ...routes.tickets.list, method: "PUT" } as Route),
  already_claimed: async () => {
    const params = { id: await freshTicket() };
    await raise(routes.actions.claim, { params }, world.callers.operator);
    return raise(routes.actions.claim, { params }, world.callers.supervisor);
  },
  action_not_allowed: async () => {
    const params = { id: await freshTicket() };
    await raise(routes.actions.complete, { params, body: {} });
    return raise(routes.actions.complete, { params, body: {} });
  },
  ticket_merged: async () => {
    const [id, into] = [await freshTicket(), await freshTicket()];
    await raise(routes.merging.merge, { params: { id }, body: { into } });
    return raise(routes.messages.add, { params: { id }, body: { body: "Ответ" } });
  },
  different_contacts: async () => {
    const contact = { email: "another@example.com" };
    const { id } = await world.t.client.tickets.create({ body: { ...newTicket, contact } });
    return raise(routes.merging.merge, { params: { id }, body: { into: world.here.ticket } });
  },
  ticket_moved_on: () => raise(routes.messages.add, { ...ticketHere(), body: { body: "Ответ", seenSeq: 0 } }),
  version_conflict: () =>
    raise(routes.contacts.update, { params: { id: world.here.contact }, body: { note: "…", version: 99 } }),
  already_exists: () =>
    raise(routes.labels.create, { body: { project: world.here.project, name: "СРОЧНО" } }),
  conversation_already_open: async () =>
    raise(routes.actions.reopen, { params: { id: await twoConversations() } }),
  already_sent: async () => {
    const added = await raise(routes.messages.add, { ...ticketHere(), body: { body: "Уже ушло" } });
    const message = (added.answer.json as { id: string }).id;
    return raise(routes.messages.withdraw, { params: { id: world.here.ticket, message } });
  },
  last_owner: async () => {
    const { data } = await world.t.client.members.list();
    const owner = data.find((member) => member.owner);
    return raise(
      routes.members.update,
      { params: { id: owner?.id ?? "" }, body: { owner: false } },
      world.callers.owner,
    );
  },
  in_use: async () => {
    const { project, topic } = world.here;
    await world.t.client.topics.create({ body: { project, parent: topic, name: "Курьер опоздал" } });
    return raise(routes.topics.archive, { params: { id: topic } });
  },
  confirmation_settled: async () => {
    const id = await freshApproval();
    await raise(routes.confirmations.revoke, { params: { id } });
    return raise(
      routes.confirmations.answer,
      { params: { id }, body: { answer: "confirm" } },
      world.callers.operator,
    );
  },
  confirmation_expired: async () => {
    const id = await freshApproval({ expiresInMinutes: 1 });
    world.t.clock.advance(60_001);
    return raise(
      routes.confirmations.answer,
      { params: { id }, body: { answer: "confirm" } },
      world.callers.operator,
    );
  },
  subject_changed: async () =>
    raise(
      routes.confirmations.answer,
      { params: { id: await freshApproval() }, body: { answer: "confirm", subjectVersion: 9 } },
      world.callers.operator,
    ),
  already_answered: async () => {
    const input = { params: { id: await freshApproval({ needed: 2 }) }, body: { answer: "confirm" } };
    await raise(routes.confirmations.answer, input, world.callers.operator);
    return raise(routes.confirmations.answer, input, world.callers.operator);
  },
  own_confirmation: async () => {
    const by = world.callers.operator;
    const params = { id: await freshTicket() };
    const asked = await raise(
      routes.confirmations.ask,
      { params, body: { method: "approval", text: "Можно?" } },
      by,
    );
    const { id } = (asked.answer.json as { confirmation: { id: string } }).confirmation;
    return raise(routes.confirmations.answer, { params: { id }, body: { answer: "confirm" } }, by);
  },
  undeliverable: async () =>
    raise(
      routes.confirmations.ask,
      { params: { id: await freshTicket() }, body: { method: "code", text: "Это вы?" } },
      world.callers.operator,
    ),
  payload_too_large: () =>
    raise(routes.tickets.create, { body: { ...newTicket, padding: "x".repeat(1024 * 1024) } }),
  unsupported_media_type: () => raise(routes.tickets.create, { form: new URLSearchParams(newTicket) }),
  idempotency_mismatch: async () => {
    const headers = { "idempotency-key": crypto.randomUUID() };
    await raise(routes.tickets.create, { body: newTicket, headers });
    return raise(routes.tickets.create, { body: { ...newTicket, body: "Другое" }, headers });
  },
  unknown_reference: () => raise(routes.tickets.create, { body: { ...newTicket, topic: world.there.topic } }),
  limit_reached: async () => {
    const parent = (
      await world.t.client.topics.create({ body: { project: world.there.project, name: "Оплата" } })
    ).id;
    const add = (n: number) =>
      raise(routes.topics.create, { body: { project: world.there.project, parent, name: `Способ ${n}` } });
    for (let n = 1; n <= 9; n++) await add(n);
    return add(10);
  },
  file_type_refused: () => {
    const elf = new FormData();
    elf.set("file", new Blob([Buffer.from("\x7fELF\x02\x01\x01".padEnd(64, "\0"), "latin1")]), "photo.png");
    return raise(routes.attachments.upload, { form: elf });
  },
  rate_limited: async () => {
    const browser = openBrowser(world.t);
    const body = { email: "victim@example.com", password: `${testPassword}!` };
    for (let tried = 0; tried < 60; tried++) {
      const raised = await raise(routes.session.signIn, { body }, cookieOf(browser));
      if (raised.answer.code === "rate_limited") return raised;
    }
    throw new Error("sixty guesses were let through");
  },
  internal_error: () => withoutTable("labels", () => raise(routes.labels.list)),
  unavailable: () =>
    whileDatabaseStops("lock table tickets in access exclusive mode", () => raise(routes.tickets.list)),
};

test.each(Object.keys(errorCodes) as ErrorCode[])(
  "%s is raised by the API, in its documented form",
  async (code) => {
    const { route, answer } = await raisers[code]();
    expect(answer.code, JSON.stringify(answer.json)).toBe(code);
    const { status, title, retryable } = errorCodes[code];
    expect(answer.status).toBe(status);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.json).toMatchObject({ type: `urn:okno:error:${code}`, status, title, code, retryable });
    // The one code that belongs to no route: the address exists, the method does not.
    if (code === "method_not_allowed") expect(answer.headers.get("allow")).toBe("GET, HEAD, POST");
    else expect(codesOf(route), `${route.name} does not declare it`).toContain(code);
    if (code === "rate_limited") expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  },
);

test("a fault says nothing of its inside to the caller, and is logged with the request's id", async () => {
  const { answer } = await raisers.internal_error();
  expect(JSON.stringify(answer.json)).not.toMatch(/labels|relation|42P01|select/u);
  const { requestId } = answer.json as { requestId: string };
  expect(world.t.logs.some((line) => line.includes(requestId) && line.includes("does not exist"))).toBe(true);
});

test("the table of codes, its document and the routes agree in both directions", () => {
  const documented = [...errorTable(apiRoutes).matchAll(/^\| `(\w+)` \| (\d+) \|/gmu)].map(
    ([, code, status]) => [code, Number(status)],
  );
  expect(documented).toEqual(Object.entries(errorCodes).map(([code, { status }]) => [code, status]));
  const declared = new Set(apiRoutes.flatMap((route) => codesOf(route)));
  const byNoRoute = Object.keys(errorCodes).filter((code) => !declared.has(code as ErrorCode));
  expect(byNoRoute).toEqual(["method_not_allowed"]);
  for (const route of apiRoutes) for (const code of route.errors) expect(errorCodes).toHaveProperty(code);
});

test("a file field beside the file is no fault", async () => {
  const form = textFile();
  form.set("comment", "…");
  expect((await call(world, routes.attachments.upload, world.fullKey, { form })).status).toBe(201);
});
