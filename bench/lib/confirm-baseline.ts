import { randomUUID } from "node:crypto";
import pg from "pg";
import type { BenchServer } from "./server.ts";

// What confirming a payout writes, by hand: the rows that Okno's own confirmation leaves behind, one statement a table, one transaction a
// payout, and nothing of what leads there (no call, no caller, no check but the state).
const statements = {
  begin: "begin",
  lock: "select workspace_id, project_id, seq from tickets where workspace_id = $1 and id = $2 for update",
  key: "insert into idempotency_records (workspace_id, principal_id, key, request_hash, status, created_at) values ($1, $2, $3, $4, 0, now())",
  payout: `update payouts set status = 'processing', confirmed_at = now(), version = version + 1
    where workspace_id = $1 and id = $2 and status = 'created'`,
  posting: `insert into ledger_postings (workspace_id, id, desk_id, method, payout_id, what, debit_id, credit_id, amount, at)
    select $1, $3, p.desk_id, p.method, $2, 'dispatch', r.id, f.id, p.deduction, now() from payouts p
    join ledger_accounts r on r.workspace_id = $1 and r.desk_id = p.desk_id and r.method = p.method and r.role = 'reserved'
    join ledger_accounts f on f.workspace_id = $1 and f.desk_id = p.desk_id and f.method = p.method and f.role = 'in_flight'
    where p.workspace_id = $1 and p.id = $2`,
  confirmation: `update confirmations set status = 'confirmed', answers = 1, settled_at = now(), settled_kind = 'key', links = 2,
    head = sha256($3::bytea) where workspace_id = $1 and ticket_id = $2`,
  evidence: `insert into confirmation_evidence (workspace_id, confirmation_id, seq, kind, actor_kind, at, body, prev_hash, hash)
    select $1, c.id, 2, 'answered', 'key', now(), $4, c.head, sha256($3::bytea) from confirmations c
    where c.workspace_id = $1 and c.ticket_id = $2`,
  ticket: `update tickets set state = 'processing', seq = seq + 1, activity_at = now() where workspace_id = $1 and id = $2`,
  event: `insert into ticket_events (workspace_id, ticket_id, seq, type, actor_kind, at, data)
    values ($1, $2, 2, 'payout.processing', 'key', now(), $3)`,
  outbox: "insert into outbox (workspace_id, subject_id, seq) values ($1, $2, 2)",
  job: `insert into jobs (name, workspace_id, payload, run_at, unique_key) values ('payout.process', $1, $3, now(), $2::text)
    on conflict (name, unique_key) where unique_key is not null and not dead do nothing`,
  answer:
    "update idempotency_records set status = 200, response = $4 where workspace_id = $1 and principal_id = $2 and key = $3",
  commit: "commit",
} as const;

const answer = JSON.stringify({
  id: "pay_01h455vb4pex5vsknk084sn02q",
  status: "processing",
  more: "x".repeat(700),
});
const evidence = JSON.stringify({ kind: "answered", actor: "key", facts: "x".repeat(300) });

async function confirmOne(client: pg.Client, workspaceId: string, id: string): Promise<void> {
  const principal = randomUUID();
  const key = randomUUID();
  const proof = Buffer.from(`${id} proof`);
  const own = [workspaceId, id];
  const values: Record<keyof typeof statements, unknown[]> = {
    begin: [],
    lock: own,
    key: [workspaceId, principal, key, proof],
    payout: own,
    posting: [...own, randomUUID()],
    evidence: [...own, proof, evidence],
    confirmation: [...own, proof],
    ticket: own,
    event: [...own, JSON.stringify({ payout: id })],
    outbox: own,
    job: [...own, JSON.stringify({ payoutId: id })],
    answer: [workspaceId, principal, key, answer],
    commit: [],
  };
  // Sent one behind the other without waiting, as Okno does it.
  const sent = (Object.keys(statements) as (keyof typeof statements)[]).map((name) =>
    client.query({ name: `bench ${name}`, text: statements[name], values: values[name] }),
  );
  const results = await Promise.all(sent);
  if (results[3]?.rowCount !== 1) throw new Error("a payout was not there to be confirmed");
}

/** Confirms all by hand from `connections` connections of this process. @returns payouts a second. */
export async function confirmRate(
  postgres: BenchServer["postgres"],
  ids: readonly string[],
  connections: number,
): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client({ ...postgres, pipeline: true } as pg.ClientConfig);
      await client.connect();
      return client;
    }),
  );
  const { rows } = (await clients[0]?.query("select id from workspaces limit 1")) ?? { rows: [] };
  const workspaceId = String(rows[0]?.id);
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (let id = ids[next++]; id !== undefined; id = ids[next++])
        await confirmOne(client, workspaceId, id);
    }),
  );
  const ms = performance.now() - begun;
  await Promise.all(clients.map((client) => client.end()));
  return (ids.length * 1000) / ms;
}
