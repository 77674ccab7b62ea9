import { fromPublicId, type NewTicket, type routes, type Ticket } from "@okno/contract";
import { type Flow, refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database.ts";
import { own } from "../../platform/http/binding.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";
import { identitiesOf } from "../contacts/index.ts";
import type { Catalogs } from "../settings/index.ts";
import { bindAttachments, checkLabels, checkTopic, type Numbers, priorityRank } from "../tickets/index.ts";
import {
  type CreateAnswer,
  type CreateTickets,
  insertDrafts,
  onceForKey,
  presentCreated,
} from "./create-tickets.ts";
import type { TicketDraft } from "./draft.ts";
import { isOpenedByItself, type OpenDeps, openTicket } from "./open.ts";
import { projectOfContact } from "./opening-queries.ts";

export type CreateDeps = OpenDeps & {
  catalogs: Catalogs;
  create: CreateTickets;
  inquiry: { id: string; flow: Flow };
  db: Database;
  numbers: Numbers;
  clock: Clock;
  poke(): void;
};

/** The channel type that tickets made by API calls belong to. */
const apiChannel = "api";

function projectOf(principal: Principal, publicId: string | undefined): string {
  const id = publicId === undefined ? principal.roles.keys().next().value : fromPublicId("project", publicId);
  if (!id || !principal.roles.has(id))
    throw refuse("unknown_reference", {}, [{ pointer: "/project", message: "no such project" }]);
  return id;
}

/** The project named, that of the contact named, or the first one. */
async function placeOf({ db }: CreateDeps, principal: Principal, body: NewTicket): Promise<string> {
  if (!body.contact.id || body.project) return projectOf(principal, body.project);
  const [contact] = await db
    .in(principal.workspaceId)
    .query<{ project_id: string }>(projectOfContact, [
      principal.workspaceId,
      projectsWith(principal, "operator"),
      fromPublicId("contact", body.contact.id),
    ]);
  if (!contact)
    throw refuse("unknown_reference", {}, [{ pointer: "/contact/id", message: "no such contact" }]);
  return contact.project_id;
}

async function draftOf(deps: CreateDeps, principal: Principal, body: NewTicket): Promise<TicketDraft> {
  const { catalogs, inquiry } = deps;
  const projectId = await placeOf(deps, principal, body);
  const catalog = await catalogs.of(principal.workspaceId);
  const channel = [...catalog.channels.values()].find(
    (each) => each.project_id === projectId && each.type === apiChannel,
  );
  return {
    workspaceId: principal.workspaceId,
    projectId,
    kind: inquiry.id,
    flow: inquiry.flow,
    subject: body.subject,
    body: body.body,
    topicId: body.topic ? checkTopic(catalog, projectId, body.topic) : null,
    priority: priorityRank(body.priority),
    ...checkLabels(catalog, projectId, body.labels),
    channel: channel ? { id: channel.id, type: channel.type, dialogue: false } : null,
    externalId: null,
    contact: { name: body.contact.name ?? null, locale: null, identities: identitiesOf(body.contact) },
    actor: { kind: principal.kind, id: principal.id },
  };
}

// Files are rare at this door: such a ticket is written on its own, with its files, in one transaction.
async function createWithFiles(
  deps: CreateDeps,
  draft: TicketDraft,
  attachments: readonly string[],
): Promise<CreateAnswer> {
  const [number] = await deps.numbers.take(draft.workspaceId, 1);
  return deps.db.transaction(draft.workspaceId, async (tx) => {
    const [made] = await insertDrafts(tx, [draft], [number ?? 0], deps.clock);
    if (!made) throw new Error("a ticket just written was not answered");
    const ids = [...new Set(attachments)].map((id) => fromPublicId("attachment", id) ?? "");
    const target = { messageId: made.messageId, ticketId: made.ticket.id, projectId: draft.projectId };
    if ((await bindAttachments(tx, ids, draft.actor.id ?? "", target)) !== ids.length) {
      throw refuse("unknown_reference", {}, [
        { pointer: "/attachments", message: "not uploaded by you, or used already" },
      ]);
    }
    tx.afterCommit(deps.poke);
    return { created: made };
  });
}

/** `POST /v1/tickets`. */
export function createTicketOperation(deps: CreateDeps) {
  return own<typeof routes.tickets.create>(async ({ principal, body, idempotency }) => {
    const draft = await draftOf(deps, principal, body);
    if (isOpenedByItself(body)) return openTicket(deps, { principal, body, idempotency }, draft);
    const keyed = idempotency
      ? { ...draft, idempotency: { principalId: principal.id, ...idempotency } }
      : draft;
    const answer =
      body.attachments.length === 0
        ? await deps.create(keyed)
        : await onceForKey(deps.db.in(keyed.workspaceId), keyed, () =>
            createWithFiles(deps, keyed, body.attachments),
          );
    return "stored" in answer ? (answer.stored as Ticket) : presentCreated(draft, answer.created.ticket);
  });
}
