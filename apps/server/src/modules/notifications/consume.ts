import { fromPublicId, type NotificationKind } from "@okno/contract";
import type { Clock } from "../../platform/clock.ts";
import { type Queryable, statement } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import type { JournalRow } from "../journal/index.ts";
import { type ProjectFacts, type TicketFacts, teamsNamed, whomToTell } from "./decide.ts";
import { isTold, type SettingsRow, settingsOf } from "./settings.ts";

const told = new Set([
  "note.added",
  "ticket.assigned",
  "ticket.transferred",
  "message.added",
  "ticket.returned",
  "confirmation.confirmed",
  "confirmation.refused",
  "ticket.rated",
  "ticket.created",
]);

const stopped = new Set(["webhook.paused", "webhook.disabled"]);

const readTickets = statement(
  "notifications.read_tickets",
  `select t.id, t.project_id, t.contact_id, t.assignee_id as assignee,
     array(select f.member_id from ticket_followers f where f.workspace_id = t.workspace_id and f.ticket_id = t.id) as followers
   from tickets t where t.workspace_id = $1 and t.id = any($2::uuid[])`,
);
const readTeams = statement(
  "notifications.read_teams",
  "select team_id, array_agg(member_id) as members from team_members where workspace_id = $1 and team_id = any($2::uuid[]) group by 1",
);
const readWatchers = statement(
  "notifications.read_watchers",
  `select member_id from notification_settings where workspace_id = $1 and ways #> '{unassigned}' @> any(array[
     '{"page": true}', '{"browser": true}', '{"push": true}']::jsonb[])`,
);
// Whoever lost access meanwhile is told nothing.
const readPeople = statement(
  "notifications.read_people",
  `select m.id, m.owner, array(select g.project_id from grants g where g.workspace_id = m.workspace_id and g.member_id = m.id) as projects,
     to_json(s) as settings
   from members m left join notification_settings s on s.workspace_id = m.workspace_id and s.member_id = m.id
   where m.workspace_id = $1 and m.id = any($2::uuid[]) and m.disabled_at is null`,
);
const readAdmins = statement(
  "notifications.read_admins",
  `select m.id, m.owner, '{}'::uuid[] as projects, to_json(s) as settings
   from members m left join notification_settings s on s.workspace_id = m.workspace_id and s.member_id = m.id
   where m.workspace_id = $1 and m.disabled_at is null and (m.owner or exists (select from grants g
     where g.workspace_id = m.workspace_id and g.member_id = m.id and g.project_id = $2 and g.role = 'admin'))`,
);
// One event tells a person once, also when a batch is repeated.
const insert = statement(
  "notifications.insert",
  `insert into notifications (workspace_id, member_id, id, kind, ticket_id, webhook_id, seq, actor_kind, actor_id, created_at)
   select $1, member_id, id, kind, ticket_id, webhook_id, seq, actor_kind, actor_id, at
   from json_to_recordset($2::json) as r (member_id uuid, id uuid, kind text, ticket_id uuid, webhook_id uuid, seq int, actor_kind text, actor_id uuid, at timestamptz)
   on conflict do nothing returning member_id, id`,
);

type PersonRow = { id: string; owner: boolean; projects: string[]; settings: SettingsRow | null };
type TicketRow = TicketFacts & { id: string; project_id: string; contact_id: string | null };

/** A notification just written, as those who deliver it need it. */
export type Written = { workspaceId: string; memberId: string; id: string };

/** What the rows of a workspace need to know of teams and of those who watch for new tickets. */
async function readProjectFacts(
  tx: Queryable,
  workspaceId: string,
  rows: readonly JournalRow[],
): Promise<ProjectFacts> {
  const named = teamsNamed(rows);
  const teams =
    named.length === 0
      ? []
      : await tx.query<{ team_id: string; members: string[] }>(readTeams, [workspaceId, named]);
  const members = new Map(teams.map((team) => [team.team_id, team.members]));
  const fresh = rows.some((row) => row.type === "ticket.created");
  const watchers = fresh ? await tx.query<{ member_id: string }>(readWatchers, [workspaceId]) : [];
  return {
    teamMembers: (teamId) => members.get(teamId) ?? [],
    watchers: watchers.map((watcher) => watcher.member_id),
  };
}

type Hears = (memberId: string, projectId: string, kind: NotificationKind) => boolean;

async function readHearers(tx: Queryable, workspaceId: string, ids: readonly string[]): Promise<Hears> {
  const people = await tx.query<PersonRow>(readPeople, [workspaceId, ids]);
  const byId = new Map(people.map((person) => [person.id, person]));
  return (memberId, projectId, kind) => {
    const person = byId.get(memberId);
    if (!person || !(person.owner || person.projects.includes(projectId))) return false;
    return isTold(settingsOf(person.settings ?? undefined), kind);
  };
}

/** Who said it: what a key hands in for the customer, the customer said. */
function actorOf({ data, actor_kind, actor_id }: JournalRow, { contact_id }: TicketRow) {
  const customer = data.from === "customer" && contact_id !== null;
  return customer ? { actor_kind: "contact", actor_id: contact_id } : { actor_kind, actor_id };
}

async function tellWorkspace(
  tx: Queryable,
  clock: Clock,
  workspaceId: string,
  rows: readonly JournalRow[],
): Promise<Written[]> {
  const ids = [...new Set(rows.flatMap((row) => row.ticket_id ?? []))];
  const tickets = await tx.query<TicketRow>(readTickets, [workspaceId, ids]);
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const facts = await readProjectFacts(tx, workspaceId, rows);
  const candidates = rows.flatMap((row) => {
    const ticket = byId.get(row.ticket_id ?? "");
    return ticket ? whomToTell(row, ticket, facts).map((told) => ({ ...told, row, ticket })) : [];
  });
  if (candidates.length === 0) return [];
  const hears = await readHearers(tx, workspaceId, [...new Set(candidates.map(({ memberId }) => memberId))]);
  const news = candidates
    .filter(({ memberId, kind, ticket }) => hears(memberId, ticket.project_id, kind))
    .map(({ memberId, kind, row, ticket }) => ({
      member_id: memberId,
      id: newId(clock),
      kind,
      ticket_id: ticket.id,
      seq: row.seq,
      ...actorOf(row, ticket),
      at: row.at,
    }));
  return write(tx, workspaceId, news);
}

async function write(tx: Queryable, workspaceId: string, news: readonly object[]): Promise<Written[]> {
  if (news.length === 0) return [];
  const written = await tx.query<{ member_id: string; id: string }>(insert, [
    workspaceId,
    JSON.stringify(news),
  ]);
  return written.map((row) => ({ workspaceId, memberId: row.member_id, id: row.id }));
}

/** An endpoint that stopped by itself is told to those who look after it: whoever switched one off knows. */
async function tellOfWebhook(tx: Queryable, clock: Clock, row: JournalRow): Promise<Written[]> {
  const { workspace_id: workspaceId, project_id: projectId } = row;
  const webhook_id =
    typeof row.data.webhook === "string" ? fromPublicId("webhook", row.data.webhook) : undefined;
  if (!webhook_id) return [];
  const people = await tx.query<PersonRow>(readAdmins, [workspaceId, projectId]);
  const news = people
    .filter(({ settings }) => isTold(settingsOf(settings ?? undefined), "webhook"))
    .map((person) => ({
      member_id: person.id,
      id: newId(clock),
      kind: "webhook",
      webhook_id,
      seq: 0,
      actor_kind: row.actor_kind,
      at: row.at,
    }));
  return write(tx, workspaceId, news);
}

/** Writes down whom a batch of the journal concerns. */
export async function tell(tx: Queryable, clock: Clock, rows: readonly JournalRow[]): Promise<Written[]> {
  const relevant = rows.filter((row) => row.ticket_id !== null && told.has(row.type));
  const written: Written[] = [];
  for (const [workspaceId, group] of Map.groupBy(relevant, (row) => row.workspace_id))
    written.push(...(await tellWorkspace(tx, clock, workspaceId, group)));
  for (const row of rows.filter(({ type, actor_kind }) => stopped.has(type) && actor_kind === "system"))
    written.push(...(await tellOfWebhook(tx, clock, row)));
  return written;
}
