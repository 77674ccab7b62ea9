import { toPublicId } from "@okno/contract";
import { contactFields, ratings, teamOf, teams, views } from "../../../../db/demo/extras.ts";
import type { DemoTicket, Locale } from "../../../../db/demo/types.ts";
import type { Core } from "../app.ts";
import { addFollowers } from "../modules/followers/index.ts";
import { linkTickets } from "../modules/links/index.ts";
import { actOnTicket, lockAnyTicket, type TicketRow, writeChange } from "../modules/tickets/index.ts";
import { statement, type Transaction } from "../platform/database.ts";
import type { Principal } from "../platform/http/principal.ts";
import { newId } from "../platform/ids.ts";

/** What the demo has beside its tickets: teams, views, fields of a customer, followers, links and ratings. */
export type Furniture = {
  core: Core;
  projects: ReadonlyMap<string, string>;
  members: ReadonlyMap<string, Principal>;
  teams: Map<string, string>;
};

const insertTeam = statement(
  "demo.insert_team",
  `with made as (
     insert into teams (workspace_id, id, project_id, name, hue, created_at) values ($1, $2, $3, $4, $5, $6) returning id
   )
   insert into team_members (workspace_id, team_id, member_id) select $1, made.id, unnest($7::uuid[]) from made`,
);
const insertView = statement(
  "demo.insert_view",
  `insert into views (workspace_id, id, project_id, owner_id, name, icon, hue, condition, sort, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);
const insertField = statement(
  "demo.insert_field",
  `insert into contact_fields (workspace_id, id, project_id, kind, name, choices, place, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
// Every other customer of the project, in the order of their coming.
const fillField = statement(
  "demo.fill_field",
  `update contacts c
   set fields = c.fields || jsonb_build_object($3::text, $4::jsonb -> (n.place / 2 % jsonb_array_length($4::jsonb))::int)
   from (select id, row_number() over (order by id) as place from contacts where workspace_id = $1 and project_id = $2) n
   where c.workspace_id = $1 and c.id = n.id and n.place % 2 = 1`,
);
const listDone = statement(
  "demo.list_done",
  `select t.id from tickets t join channels c on c.workspace_id = t.workspace_id and c.id = t.channel_id
   where t.workspace_id = $1 and t.project_id = $2 and t.phase = 'done' and c.type = 'webchat' and t.merged_into is null
   order by t.completed_at desc limit $3`,
);
const insertRating = statement(
  "demo.insert_rating",
  `insert into ratings (workspace_id, ticket_id, completed_at, project_id, channel_id, contact_id, completed_by, scale, score, words,
     seq, rated_at, changed_at)
   values ($1, $2, $3, $4, $5, $6, $7, 'five', $8, $9, $10, $11, $11)`,
);
const listOpenOfOne = statement(
  "demo.list_open_of_one",
  `select array_agg(id order by id) as ids from tickets
   where workspace_id = $1 and project_id = $2 and phase <> 'done' and contact_id is not null
   group by contact_id having count(*) > 1 order by max(created_at) desc limit 1`,
);
const listOpen = statement(
  "demo.list_open",
  `select id from tickets where workspace_id = $1 and phase = 'open' and assignee_id is not null and assignee_id <> $2
   order by activity_at desc limit $3`,
);

/** Before the first ticket: what tickets and their customers refer to. */
export async function addTeamsAndViews({ core, ...room }: Furniture, tx: Transaction): Promise<void> {
  const now = core.clock.now();
  const idOf = (key: string | undefined) => (key ? (room.members.get(key)?.id ?? null) : null);
  for (const { key, project, name, hue, members } of teams) {
    const id = newId(core.clock);
    room.teams.set(key, id);
    const people = members.map(idOf);
    await tx.query(insertTeam, [tx.workspaceId, id, room.projects.get(project), name, hue, now, people]);
  }
  for (const { owner, project, name, icon, hue, condition, sort } of views) {
    const place = project ? room.projects.get(project) : null;
    const values = [place, idOf(owner), name, icon, hue, JSON.stringify(condition), sort, now];
    await tx.query(insertView, [tx.workspaceId, newId(core.clock), ...values]);
  }
}

/** Puts a ticket that nobody takes into the team whose topics these are. */
export async function giveToTeam(
  { core, members, teams: ids }: Furniture,
  tx: Transaction,
  ticket: DemoTicket,
  ticketId: string,
): Promise<void> {
  const team = ids.get(teamOf(ticket)?.key ?? "");
  const giver = members.get("dmitry");
  if (!team || !giver) return;
  const body = { team: toPublicId("team", team) };
  await actOnTicket(core, tx, giver, toPublicId("ticket", ticketId), "assign", body);
}

async function fillFields({ core, projects }: Furniture, tx: Transaction): Promise<void> {
  for (const [place, { project, name, kind, choices = [], values }] of contactFields.entries()) {
    const id = newId(core.clock);
    const projectId = projects.get(project);
    const row = [projectId, kind, name, choices, place, core.clock.now()];
    await tx.query(insertField, [tx.workspaceId, id, ...row]);
    const shown = JSON.stringify(values);
    await tx.query(fillField, [tx.workspaceId, projectId, toPublicId("contactField", id), shown]);
  }
}

async function rate(tx: Transaction, ticket: TicketRow, score: number, words: string | null, now: Date) {
  const actor = { kind: "contact", id: ticket.contact_id } as const;
  const data = { score, scale: "five", worded: words !== null };
  const after = await writeChange(tx, ticket, ticket, [{ type: "ticket.rated", actor, data }], now);
  const { project_id, channel_id, contact_id, completed_by } = ticket;
  const about = [ticket.id, ticket.completed_at, project_id, channel_id, contact_id, completed_by];
  await tx.query(insertRating, [tx.workspaceId, ...about, score, words, after.seq, now]);
}

async function rateSome(
  { core, projects }: Furniture,
  tx: Transaction,
  locales: ReadonlyMap<string, Locale>,
) {
  const now = core.clock.now();
  for (const [key, locale] of locales) {
    const said = ratings[locale] ?? [];
    const done = await tx.query<{ id: string }>(listDone, [tx.workspaceId, projects.get(key), said.length]);
    for (const [index, { id }] of done.entries()) {
      const ticket = await lockAnyTicket(tx, tx.workspaceId, id);
      const [score, words] = said[index] ?? [5, null];
      if (ticket) await rate(tx, ticket, score, words, now);
    }
  }
}

async function followSome({ core, members }: Furniture, tx: Transaction): Promise<void> {
  const me = members.get("anna");
  if (!me) return;
  const actor = { kind: "member", id: me.id } as const;
  const now = core.clock.now();
  for (const { id } of await tx.query<{ id: string }>(listOpen, [tx.workspaceId, me.id, 3])) {
    const ticket = await lockAnyTicket(tx, tx.workspaceId, id);
    if (!ticket) continue;
    const told = await addFollowers(tx, ticket, { memberIds: [me.id], actor, now });
    if (told.length > 0) await writeChange(tx, ticket, ticket, told, now);
  }
}

async function linkSome({ core, members, projects }: Furniture, tx: Transaction): Promise<void> {
  const actor = { kind: "member", id: members.get("anna")?.id ?? "" } as const;
  for (const projectId of projects.values()) {
    const [row] = await tx.query<{ ids: string[] }>(listOpenOfOne, [tx.workspaceId, projectId]);
    const [ticket, other] = await Promise.all(
      (row?.ids ?? []).slice(0, 2).map((id) => lockAnyTicket(tx, tx.workspaceId, id)),
    );
    if (ticket && other)
      await linkTickets(tx, { ticket, other }, "related", { actor, now: core.clock.now() });
  }
}

/** After the last step of the story: what stands beside tickets and customers. */
export async function furnish(
  room: Furniture,
  tx: Transaction,
  locales: ReadonlyMap<string, Locale>,
): Promise<void> {
  await fillFields(room, tx);
  await rateSome(room, tx, locales);
  await followSome(room, tx);
  await linkSome(room, tx);
}
