import { fromPublicId, toPublicId } from "@okno/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../platform/clock.ts";
import { statement, type Transaction } from "../../platform/database.ts";
import { startTestApp, type TestApp } from "../../testing/test-app.ts";
import { lockAnyTicket, writeChange } from "../tickets/index.ts";
import { createConfirmations, verifyEvidence } from "./index.ts";

// What kinds stand on: issue, answer, revoke, each one statement inside the caller's transaction.

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const port = createConfirmations(systemClock);
const key = { kind: "key", id: "01890000-0000-7000-8000-00000000000a" } as const;
const member = (n: number) =>
  ({ kind: "member", id: `01890000-0000-7000-8000-0000000000${10 + n}` }) as const;
const past = (seconds: number) => new Date(Date.now() - seconds * 1000);
const soon = () => new Date(Date.now() + 60_000);

async function newTicket(): Promise<string> {
  const ticket = await t.client.tickets.create({ body: { subject: "Выплата", body: "…" } });
  return fromPublicId("ticket", ticket.id) ?? "";
}

type Settled = { happenings: Parameters<typeof writeChange>[3] };

/** As a kind does it: the row lock, the statement, the ticket's write, in one transaction. */
function under<R extends Settled>(ticketId: string, run: (tx: Transaction) => Promise<R>): Promise<R> {
  return t.db.transaction(t.workspaceId, async (tx) => {
    const ticket = await lockAnyTicket(tx, t.workspaceId, ticketId);
    if (!ticket) throw new Error("no ticket");
    const done = await run(tx);
    if (done.happenings.length > 0) await writeChange(tx, ticket, ticket, done.happenings, new Date());
    return done;
  });
}

type Demand = Partial<Parameters<typeof port.issue>[1]>;
const issue = (ticketId: string, more: Demand = {}) =>
  under(ticketId, (tx) =>
    port.issue(tx, {
      ticketId,
      projectId: t.projectId,
      method: "api",
      purpose: "submit",
      subject: { version: 1, snapshot: { amount: "100", currency: "RUB" } },
      expiresAt: null,
      actor: key,
      now: new Date(),
      ...more,
    }),
  );
type Answer = Partial<Parameters<typeof port.answer>[1]>;
const answer = (ticketId: string, more: Answer = {}) =>
  under(ticketId, (tx) =>
    port.answer(tx, {
      ticketId,
      method: "api",
      purpose: "submit",
      answer: "confirm",
      actor: key,
      evidence: { signature: "sha256:1" },
      now: new Date(),
      ...more,
    }),
  );
const revoke = (ticketId: string) =>
  under(ticketId, (tx) => port.revoke(tx, { ticketId, actor: key, now: new Date() }));

const statuses = async (ticketId: string) =>
  (
    await t.db.system.query<{ status: string }>(
      statement(
        "test.confirmation_statuses",
        "select status from confirmations where workspace_id = $1 and ticket_id = $2 order by id",
      ),
      [t.workspaceId, ticketId],
    )
  ).map(({ status }) => status);
const soundly = async (id: string) => verifyEvidence(t.db.in(t.workspaceId), t.workspaceId, id);
const codeOf = (error: unknown) => (error as { code?: string }).code;

test("of thirty answers at the same moment one wins, in the database itself", async () => {
  const ticketId = await newTicket();
  const { id } = await issue(ticketId);
  const tried = await Promise.allSettled(Array.from({ length: 30 }, () => answer(ticketId)));
  expect(tried.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const refusals = tried.flatMap((each) => (each.status === "rejected" ? [codeOf(each.reason)] : []));
  expect(new Set(refusals)).toEqual(new Set(["confirmation_settled"]));
  expect(await statuses(ticketId)).toEqual(["confirmed"]);
  expect(await soundly(id)).toEqual({ ok: true, links: 2 });
  // Whoever would write a second one past all code is refused by the index.
  const forged = t.db.system.query(
    statement(
      "test.forge_confirmation",
      `insert into confirmations (workspace_id, id, ticket_id, project_id, method, purpose, status, subject_version, snapshot, snapshot_hash,
         needed, answers, asked_kind, created_at, settled_at, links, head)
       select workspace_id, gen_random_uuid(), ticket_id, project_id, 'link', purpose, 'confirmed', subject_version, snapshot, snapshot_hash,
         1, 1, 'system', now(), now(), 0, head from confirmations where id = $1`,
    ),
    [id],
  );
  await expect(forged).rejects.toMatchObject({ constraint: "confirmations_won" });
});

test("whichever of three ways answers first, the others are superseded in the same transaction", async () => {
  const ticketId = await newTicket();
  const asked = [];
  for (const method of ["link", "code", "approval"] as const) asked.push(await issue(ticketId, { method }));
  const raced = await Promise.allSettled([
    answer(ticketId, { method: "link", actor: { kind: "contact", id: null } }),
    answer(ticketId, { method: "approval", actor: member(1) }),
    revoke(ticketId),
  ]);
  const after = await statuses(ticketId);
  expect(after.filter((status) => status === "pending")).toEqual([]);
  const won = raced.slice(0, 2).filter(({ status }) => status === "fulfilled");
  expect(after.filter((status) => status === "confirmed")).toHaveLength(won.length);
  expect(won.length).toBeLessThanOrEqual(1);
  for (const { id } of asked) expect(await soundly(id)).toMatchObject({ ok: true, links: 2 });
  const { data } = await t.client.tickets.events({ params: { id: toPublicId("ticket", ticketId) } });
  const seqs = data.map(({ seq }) => seq);
  expect(new Set(seqs).size).toBe(seqs.length);
});

test("two of three colleagues must say yes: nobody counts twice, and whoever asked counts not at all", async () => {
  const ticketId = await newTicket();
  const { id } = await issue(ticketId, { method: "approval", needed: 2, actor: member(0) });
  const approve = (n: number) => answer(ticketId, { method: "approval", actor: member(n) });
  await expect(approve(0)).rejects.toMatchObject({ code: "own_confirmation" });
  expect((await approve(1)).outcome).toBe("counted");
  await expect(approve(1)).rejects.toMatchObject({ code: "already_answered" });
  expect((await approve(2)).outcome).toBe("won");
  expect(await soundly(id)).toEqual({ ok: true, links: 3 });
});

test("one refusal ends it for all methods of the purpose", async () => {
  const ticketId = await newTicket();
  await issue(ticketId, { method: "approval", needed: 3, actor: member(0) });
  await issue(ticketId, { method: "link" });
  await issue(ticketId, { method: "api", purpose: "other" });
  const refused = await answer(ticketId, { method: "approval", actor: member(1), answer: "refuse" });
  expect(refused.outcome).toBe("refused");
  expect(refused.happenings.map(({ type }) => type)).toEqual([
    "confirmation.refused",
    "confirmation.superseded",
  ]);
  expect(await statuses(ticketId)).toEqual(["refused", "superseded", "pending"]);
});

test("another version is another matter: it voids what was asked before, and an answer to the old one is refused", async () => {
  const ticketId = await newTicket();
  await issue(ticketId);
  await issue(ticketId, { method: "link" });
  const changed = { version: 2, snapshot: { amount: "200", currency: "RUB" } };
  const { happenings } = await issue(ticketId, { subject: changed });
  expect(happenings.map(({ type }) => type)).toEqual([
    "confirmation.superseded",
    "confirmation.superseded",
    "confirmation.issued",
  ]);
  await expect(answer(ticketId, { subjectVersion: 1 })).rejects.toMatchObject({ code: "subject_changed" });
  await expect(answer(ticketId, { method: "link" })).rejects.toMatchObject({ code: "confirmation_settled" });
  expect((await answer(ticketId, { subjectVersion: 2 })).outcome).toBe("won");
});

test("the database's clock decides lateness: a second too late is late, however a process's clock stands", async () => {
  const ticketId = await newTicket();
  await issue(ticketId, { expiresAt: past(1) });
  await expect(answer(ticketId, { now: past(3600) })).rejects.toMatchObject({ code: "confirmation_expired" });
  const other = await newTicket();
  await issue(other, { expiresAt: soon() });
  const ahead = new Date(Date.now() + 3_600_000);
  expect((await answer(other, { now: ahead })).outcome).toBe("won");
});

test("tampered evidence is found: a changed body, an exchanged snapshot, a cut end, a status nobody gave", async () => {
  const tamper = async (change: string) => {
    const ticketId = await newTicket();
    const { id } = await issue(ticketId);
    await answer(ticketId);
    expect(await soundly(id)).toEqual({ ok: true, links: 2 });
    await t.db.system.query({ name: "", text: change }, [id]);
    return soundly(id);
  };
  const evidence = "update confirmation_evidence set";
  const last = "where confirmation_id = $1 and seq = 2";
  expect(await tamper(`${evidence} body = replace(body, 'sha256:1', 'sha256:2') ${last}`)).toMatchObject({
    ok: false,
    at: 2,
  });
  expect(await tamper(`${evidence} actor_id = gen_random_uuid() ${last}`)).toMatchObject({
    ok: false,
    at: 2,
  });
  expect(await tamper(`delete from confirmation_evidence ${last}`)).toMatchObject({ ok: false, at: 2 });
  expect(
    await tamper(`update confirmations set snapshot = snapshot || '{"amount":"900"}' where id = $1`),
  ).toMatchObject({ ok: false, at: 0 });
  expect(await tamper("update confirmations set answers = 2 where id = $1")).toMatchObject({ ok: false });
});
