import { type ActionBodies, fromPublicId, type Ticket, type TicketAction } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Queryable, statement, type Transaction } from "../../platform/database.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import type { ActorRef } from "../journal/index.ts";
import type { Catalogs } from "../settings/index.ts";
import { writeChange } from "./change.ts";
import {
  type AssignedTeam,
  type Assignee,
  type Decision,
  decideAssign,
  decideAssignTeam,
  decideClaim,
  decideComplete,
  decidePostpone,
  decideReopen,
  decideSet,
  decideTransfer,
  type Receiver,
  type Settable,
} from "./decide.ts";
import { requireStanding } from "./merged.ts";
import { insertMessage, type MessageRow } from "./message-row.ts";
import { type FlowOf, presentTicket } from "./present.ts";
import { lockTicket } from "./queries.ts";
import type { TicketRow } from "./row.ts";
import { wakeLater } from "./wake-later.ts";

export type ActDeps = { clock: Clock; flowOf: FlowOf; catalogs: Catalogs };

const findAssignable = statement(
  "tickets.find_assignable",
  // Somebody who works in the ticket's project, and is not disabled.
  `select m.id, m.name from members m
   where m.workspace_id = $1 and m.id = $2 and m.disabled_at is null
     and (m.owner or exists (select from grants g where g.workspace_id = $1 and g.member_id = m.id and g.project_id = $3))`,
);

async function assigneeOf(tx: Queryable, ticket: TicketRow, publicId: string): Promise<Assignee> {
  const [member] = await tx.query<Assignee>(findAssignable, [
    ticket.workspace_id,
    fromPublicId("member", publicId),
    ticket.project_id,
  ]);
  if (!member)
    throw refuse("unknown_reference", {}, [
      { pointer: "/member", message: "nobody with this id works in the ticket's project" },
    ]);
  return member;
}

/** @throws unknown_reference for a team of another project, or out of use. */
async function teamOf({ catalogs }: ActDeps, ticket: TicketRow, publicId: string): Promise<AssignedTeam> {
  const team = (await catalogs.of(ticket.workspace_id)).teams.get(fromPublicId("team", publicId) ?? "");
  if (!team || team.project_id !== ticket.project_id || team.archived_at)
    throw refuse("unknown_reference", {}, [{ pointer: "/team", message: "the project has no such team" }]);
  return team;
}

async function settableOf(
  { catalogs }: ActDeps,
  ticket: TicketRow,
  body: ActionBodies["set"],
): Promise<Settable> {
  const catalog = await catalogs.of(ticket.workspace_id);
  const set: Settable = {
    ...(body.priority && { priority: body.priority }),
    ...(body.subject && { subject: body.subject }),
  };
  if (body.topic !== undefined)
    set.topicId = body.topic === null ? null : checkTopic(catalog, ticket.project_id, body.topic);
  if (body.labels) Object.assign(set, checkLabels(catalog, ticket.project_id, body.labels));
  return set;
}

type CatalogOf = Awaited<ReturnType<Catalogs["of"]>>;

/** @throws unknown_reference for a topic of another project, or out of use. */
export function checkTopic(catalog: CatalogOf, projectId: string, publicId: string): string {
  const topic = catalog.topics.get(fromPublicId("topic", publicId) ?? "");
  if (!topic || topic.project_id !== projectId || topic.archived_at) {
    throw refuse("unknown_reference", {}, [{ pointer: "/topic", message: "the project has no such topic" }]);
  }
  return topic.id;
}

/** Labels in the project's own spelling, with the greatest weight among them. @throws unknown_reference */
export function checkLabels(
  catalog: CatalogOf,
  projectId: string,
  names: readonly string[],
): { labels: string[]; weight: number } {
  const known = new Map(
    catalog.labels
      .filter((label) => label.project_id === projectId)
      .map((label) => [label.name.toLowerCase(), label]),
  );
  const found = names.map((name, index) => {
    const label = known.get(name.toLowerCase());
    if (!label)
      throw refuse("unknown_reference", {}, [
        { pointer: `/labels/${index}`, message: "the project has no such label" },
      ]);
    return label;
  });
  const weights = found.map((label) => label.weight).filter((weight) => weight !== 0);
  return {
    labels: found.map((label) => label.name),
    weight: weights.length === 0 ? 0 : Math.max(...weights),
  };
}

/** The greatest weight among labels a ticket has; names that are no labels any more weigh nothing. */
export function weightOfLabels(catalog: CatalogOf, projectId: string, names: readonly string[]): number {
  const weights = catalog.labels
    .filter((label) => label.project_id === projectId && label.weight !== 0 && names.includes(label.name))
    .map((label) => label.weight);
  return weights.length === 0 ? 0 : Math.max(...weights);
}

type Moment = { actor: ActorRef; now: Date };

function noteRow(ticket: TicketRow, id: string, body: string, { actor, now }: Moment): MessageRow {
  return {
    id,
    workspace_id: ticket.workspace_id,
    ticket_id: ticket.id,
    seq: ticket.seq + 1,
    direction: "note",
    author_kind: actor.kind,
    author_id: actor.id,
    body,
    channel_id: null,
    external_id: null,
    status: "sent",
    created_at: now,
  };
}

type Act = <A extends TicketAction>(
  deps: ActDeps,
  context: Context,
  action: A,
  body: ActionBodies[A],
) => Promise<Decision>;
type Context = { tx: Transaction; principal: Principal; ticket: TicketRow; now: Date };

const decideFor: Act = async (deps, { tx, principal, ticket, now }, action, anyBody) => {
  const moment = {
    flow: deps.flowOf(ticket.kind),
    actor: { kind: principal.kind, id: principal.id },
    now,
  } as const;
  const body = anyBody as ActionBodies[TicketAction];
  switch (action) {
    case "claim":
      if (principal.kind !== "member") throw refuse("forbidden");
      return decideClaim(ticket, { id: principal.id, name: principal.name }, moment);
    case "assign": {
      const to = body as ActionBodies["assign"];
      if ("team" in to)
        return decideAssignTeam(
          ticket,
          to.team === null ? null : await teamOf(deps, ticket, to.team),
          moment,
        );
      return decideAssign(
        ticket,
        to.member === null ? null : await assigneeOf(tx, ticket, to.member),
        moment,
      );
    }
    case "transfer": {
      const { note, ...to } = body as ActionBodies["transfer"];
      const noteId = newId(deps.clock);
      const receiver: Receiver =
        "team" in to
          ? { team: await teamOf(deps, ticket, to.team) }
          : { member: await assigneeOf(tx, ticket, to.member) };
      const decision = decideTransfer(ticket, receiver, noteId, moment);
      await insertMessage(tx, noteRow(ticket, noteId, note, moment));
      return decision;
    }
    case "complete":
      return decideComplete(ticket, body as ActionBodies["complete"], moment);
    case "postpone":
      return decidePostpone(ticket, body as ActionBodies["postpone"], moment);
    case "reopen":
      return decideReopen(ticket, moment);
    default:
      return decideSet(ticket, await settableOf(deps, ticket, body as ActionBodies["set"]), moment);
  }
};

/**
 * One action of the flow on one ticket.
 * @throws not_found (also for a ticket outside the caller's projects), ticket_merged, action_not_allowed, already_claimed,
 *   unknown_reference.
 */
export async function actOnTicket<A extends TicketAction>(
  deps: ActDeps,
  tx: Transaction,
  principal: Principal,
  publicId: string,
  action: A,
  body: ActionBodies[A],
): Promise<TicketRow> {
  const id = fromPublicId("ticket", publicId) ?? "";
  const now = deps.clock.now();
  const scope = { workspaceId: principal.workspaceId, projectIds: projectsWith(principal, "operator") };
  const ticket = await lockTicket(tx, scope, id);
  if (!ticket) throw refuse("not_found");
  await requireStanding(tx, ticket);
  const { after, happenings } = await decideFor(deps, { tx, principal, ticket, now }, action, body);
  if (happenings.length === 0) return ticket;
  const written = await writeChange(tx, ticket, after, happenings, now);
  await wakeLater(tx, ticket, written);
  return written;
}

export function presentFor(deps: ActDeps, principal: Principal, row: TicketRow): Ticket {
  return presentTicket(row, deps.flowOf(row.kind), principal.id);
}
