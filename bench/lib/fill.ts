import pg from "pg";
import type { BenchServer } from "./server.ts";

const batch = 50_000;

// Tickets as months of work leave them: most completed, a few per cent open; five contacts a hundred tickets; texts of a usual length.
// Written as the server's statements would write them, in bulk. The journal is filled too, so that every table is of its true size.
const statements = [
  `insert into contacts (workspace_id, id, project_id, name, created_at)
   select $1, md5('contact ' || n)::uuid, $2, 'Покупатель ' || n, now() from generate_series($3::int, $4::int) n where n % 5 = 0 on conflict do nothing`,
  `insert into identities (workspace_id, id, project_id, contact_id, kind, scope, value, verified, created_at, last_seen_at)
   select $1, md5('identity ' || n)::uuid, $2, md5('contact ' || n)::uuid, 'email', '00000000-0000-0000-0000-000000000000',
     'fill-' || n || '@example.com', true, now(), now() from generate_series($3::int, $4::int) n where n % 5 = 0 on conflict do nothing`,
  `insert into tickets (workspace_id, id, project_id, kind, number, state, phase, subject, contact_id, channel_id, seq, message_seq,
     last_preview, last_by, last_message_at, waiting_since, created_at, activity_at, completed_at)
   select $1, ('01900000-' || lpad(to_hex(n / 65536), 4, '0') || '-7' || lpad(to_hex(n % 4096), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
     $2, 'inquiry', -n, case when n % 40 = 0 then 'new' else 'completed' end, case when n % 40 = 0 then 'open' else 'done' end,
     'Где мой заказ №' || n, md5('contact ' || (n - n % 5))::uuid, $5, 1, 1, 'Здравствуйте! Заказ оплачен, но до сих пор не приехал.',
     'customer', at, case when n % 40 = 0 then at end, at, at, case when n % 40 <> 0 then at end
   from (select n, now() - interval '1 second' * (2000000 - n) as at from generate_series($3::int, $4::int) n) s`,
  `insert into messages (workspace_id, id, ticket_id, seq, direction, author_kind, author_id, body, channel_id, status, created_at)
   select workspace_id, md5('message ' || number)::uuid, id, 1, 'in', 'contact', contact_id,
     repeat('Здравствуйте! Заказ оплачен, но до сих пор не приехал. ', 4), channel_id, 'received', created_at
   from tickets where workspace_id = $1 and number between -$4::int and -$3::int`,
  `insert into ticket_events (workspace_id, ticket_id, seq, type, actor_kind, actor_id, at, data)
   select workspace_id, id, 1, 'ticket.created', 'contact', contact_id, created_at, '{"message": "msg_01h455vb4pex5vsknk084sn02q"}'
   from tickets where workspace_id = $1 and number between -$4::int and -$3::int`,
  `insert into journal (position, workspace_id, subject_id, seq, hash)
   select 1000000000 - number, workspace_id, id, 1, sha256(id::text::bytea)
   from tickets where workspace_id = $1 and number between -$4::int and -$3::int`,
];

/** Brings the first workspace to at least this many tickets; what is there already is kept. */
export async function fillTickets(
  postgres: BenchServer["postgres"],
  tickets: number,
  say: (text: string) => void,
): Promise<void> {
  const client = new pg.Client(postgres);
  await client.connect();
  await client.query("set synchronous_commit = off");
  const { rows } = await client.query(
    `select w.id as workspace, p.id as project, c.id as channel, (select count(*)::int from tickets where number < 0) as filled
     from workspaces w join projects p on p.workspace_id = w.id join channels c on c.workspace_id = w.id and c.project_id = p.id limit 1`,
  );
  const { workspace, project, channel, filled } = rows[0] as {
    workspace: string;
    project: string;
    channel: string;
    filled: number;
  };
  for (let from = filled + 1; from <= tickets; from += batch) {
    const to = Math.min(tickets, from + batch - 1);
    // Aligned to the contact it shares, so that every ticket's contact exists.
    for (const [index, text] of statements.entries()) {
      const first = index < 2 ? from - (from % 5) : from;
      await client
        .query(
          text.includes("$5")
            ? { text, values: [workspace, project, first, to, channel] }
            : { text: withTypes(text), values: [workspace, project, first, to] },
        )
        .catch((error) => {
          if (!(index < 2 && /duplicate key/u.test(String(error)))) throw error;
        });
    }
    say(`filled ${to} of ${tickets}`);
  }
  await client.query("delete from inbox_counts");
  await client.query(
    `insert into inbox_counts (workspace_id, project_id, phase, assignee_id, team_id, tickets)
     select workspace_id, project_id, phase, coalesce(assignee_id, '00000000-0000-0000-0000-000000000000'),
       coalesce(team_id, '00000000-0000-0000-0000-000000000000'), count(*) from tickets group by 1, 2, 3, 4, 5`,
  );
  await client.query("delete from inbox_deltas");
  await client.query("vacuum analyze");
  await client.query("checkpoint");
  await client.end();
}

// Every statement is sent all four values; PostgreSQL wants each of them named with a type.
function withTypes(text: string): string {
  return text.includes("$2") ? text : `with unused as (select $2::uuid) ${text}`;
}
