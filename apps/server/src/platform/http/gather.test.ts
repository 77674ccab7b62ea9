import { fromPublicId } from "@okno/contract";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../testing/index.ts";
import { statement, type Transaction } from "../database.ts";
import { createGather, type Gather } from "./gather.ts";

const lock = statement(
  "test.gather_lock",
  "select txid_current()::text as tx from tickets where workspace_id = $1 and id = $2 for update",
);
const add = statement(
  "test.gather_add",
  "update tickets set weight = weight + 1 where workspace_id = $1 and id = $2",
);
const read = statement("test.gather_read", "select id, weight from tickets where workspace_id = $1");

let t: TestApp;
let gather: Gather;
let ids: [string, string, string];
const [pending, pause] = [
  Symbol("pending"),
  (ms: number) => new Promise((resolve) => setTimeout(resolve, ms)),
];

async function open(): Promise<string> {
  const ticket = await t.client.tickets.create({ body: { subject: "Вопрос", body: "Текст" } });
  return fromPublicId("ticket", ticket.id) ?? "";
}

beforeAll(async () => {
  t = await startTestApp();
});
beforeEach(async () => {
  gather = createGather(t.db);
  const [a = "", b = "", c = ""] = [await open(), await open(), await open()].sort();
  ids = [a, b, c];
});
afterAll(() => t.close());

/** Locks a ticket, adds one to its weight; answers which transaction it was. */
async function bump(tx: Transaction, id: string): Promise<string> {
  const [row] = await tx.query<{ tx: string }>(lock, [t.workspaceId, id]);
  await tx.query(add, [t.workspaceId, id]);
  return row?.tx ?? "";
}

async function weights(): Promise<(number | undefined)[]> {
  const rows = await t.db.in(t.workspaceId).query<{ id: string; weight: number }>(read, [t.workspaceId]);
  return ids.map((id) => rows.find((row) => row.id === id)?.weight);
}

test("commands of one moment share a transaction, begin in the order of what they lock, and are told of its commit once", async () => {
  const begun: string[] = [];
  const told: string[] = [];
  const [a, b, c] = ids;
  const transactions = await Promise.all(
    [c, a, b].map((id) =>
      gather(t.workspaceId, id, (tx) => {
        begun.push(id);
        tx.afterCommit(() => told.push(id));
        return bump(tx, id);
      }),
    ),
  );
  expect(new Set(transactions).size).toBe(1);
  expect(begun).toEqual([a, b, c]);
  expect(told).toEqual([a, b, c]);
  expect(await weights()).toEqual([1, 1, 1]);
});

test("those who lock the same go one after the other", async () => {
  const [a] = ids;
  const steps: string[] = [];
  const run = (name: string) =>
    gather(t.workspaceId, a, async (tx) => {
      steps.push(`${name} begins`);
      await bump(tx, a);
      steps.push(`${name} ends`);
    });
  await Promise.all([run("first"), run("second")]);
  expect(steps).toEqual(["first begins", "first ends", "second begins", "second ends"]);
  expect(await weights()).toEqual([2, 0, 0]);
});

test("a member's refusal is its own: the others are done once, and what the shared attempt promised is not done twice", async () => {
  const refusal = new Error("not this one");
  const told: string[] = [];
  const outcomes = await Promise.allSettled(
    ids.map((id, index) =>
      gather(t.workspaceId, id, async (tx) => {
        tx.afterCommit(() => told.push(id));
        await bump(tx, id);
        if (index === 1) throw refusal;
        return index;
      }),
    ),
  );
  expect(outcomes).toEqual([
    { status: "fulfilled", value: 0 },
    { status: "rejected", reason: refusal },
    { status: "fulfilled", value: 2 },
  ]);
  expect(told.sort()).toEqual([ids[0], ids[2]]);
  expect(await weights()).toEqual([1, 0, 1]);
});

test("a fault of the database in one member, which spoils the shared transaction, leaves the others whole", async () => {
  const [a, b, c] = ids;
  const broken = statement("test.gather_broken", "select 1 / $1::int as nothing");
  const outcomes = await Promise.allSettled([
    gather(t.workspaceId, a, (tx) => bump(tx, a)),
    gather(t.workspaceId, b, (tx) => tx.query(broken, [0])),
    gather(t.workspaceId, c, (tx) => bump(tx, c)),
  ]);
  expect(outcomes.map((each) => each.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await weights()).toEqual([1, 0, 1]);
});

test("batches of two processes that lock the same things in crossing order never block each other for good", async () => {
  const other = createGather(t.db);
  const { rows } = await deadlocks();
  const rounds = 15;
  for (let round = 0; round < rounds; round++)
    await Promise.all([
      ...ids.map((id) => gather(t.workspaceId, id, (tx) => bump(tx, id))),
      ...[...ids].reverse().map((id) => other(t.workspaceId, id, (tx) => bump(tx, id))),
    ]);
  expect(await weights()).toEqual([2 * rounds, 2 * rounds, 2 * rounds]);
  expect((await deadlocks()).rows).toEqual(rows);
});

async function deadlocks() {
  const client = new pg.Client(t.connection);
  await client.connect();
  try {
    return await client.query("select deadlocks from pg_stat_database where datname = current_database()");
  } finally {
    await client.end();
  }
}

test("behind a stranger's lock only those wait who need it, however many they are: the others and later ones are done", async () => {
  const [a, b, c] = ids;
  const stranger = new pg.Client(t.connection);
  await stranger.connect();
  const waiting: Promise<unknown>[] = [];
  try {
    await stranger.query("begin");
    await stranger.query("select 1 from tickets where id = $1 for update", [a]);
    // More than there may be batches at once, each begun on its own.
    for (let n = 0; n < 3; n++) {
      waiting.push(gather(t.workspaceId, a, (tx) => bump(tx, a)));
      await pause(5);
    }
    waiting.push(gather(t.workspaceId, a, (tx) => bump(tx, a)));
    await gather(t.workspaceId, b, (tx) => bump(tx, b));
    await gather(t.workspaceId, c, (tx) => bump(tx, c));
    expect(await weights()).toEqual([0, 1, 1]);
    expect(await Promise.race([...waiting, pause(50).then(() => pending)])).toBe(pending);
    await stranger.query("commit");
    await Promise.all(waiting);
    expect(await weights()).toEqual([4, 1, 1]);
  } finally {
    await stranger.end();
    await Promise.allSettled(waiting);
  }
});

test("of statements sent together the one that failed is told of, not those behind it: who waited too long goes on alone", async () => {
  const [a] = ids;
  const stranger = new pg.Client(t.connection);
  await stranger.connect();
  try {
    await stranger.query("begin");
    await stranger.query("select 1 from tickets where id = $1 for update", [a]);
    const waiting = gather(t.workspaceId, a, async (tx) => {
      // The lock is heard of through more hands than what was sent after it.
      const locked = bump(tx, a).then(async (each) => each);
      await Promise.all([locked, tx.query(read, [t.workspaceId])]);
    });
    await pause(250);
    await stranger.query("commit");
    await waiting;
    expect(await weights()).toEqual([1, 0, 0]);
  } finally {
    await stranger.end();
  }
});

test("what one command alone refuses is tried once", async () => {
  let tried = 0;
  const refusing = gather(t.workspaceId, ids[0], async () => {
    tried++;
    throw new Error("no");
  });
  await expect(refusing).rejects.toThrow("no");
  expect(tried).toBe(1);
});
