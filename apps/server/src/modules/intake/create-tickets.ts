import type { Ticket } from "@okno/contract";
import { type Batcher, createBatcher } from "../../platform/batcher.ts";
import type { Clock } from "../../platform/clock.ts";
import { type Database, type Queryable, statement, violatedConstraint } from "../../platform/database.ts";
import { findAnswer } from "../../platform/http/idempotency.ts";
import { type Numbers, presentTicket, type TicketRow } from "../tickets/index.ts";
import { draftTicket, type TicketDraft, toNewTicketRow } from "./draft.ts";
import { insertTickets } from "./insert.ts";

export type Created = { ticket: TicketRow; messageId: string };

/** The answer to `POST /v1/tickets`: the ticket just made, or what was stored for its idempotency key. */
export type CreateAnswer = { created: Created } | { stored: unknown };

const maxBatch = 64;
const maxParallel = 2;

// The contact turned out to be known already: the answer to be kept names it.
const correctAnswer = statement(
  "intake.correct_stored_answer",
  "update idempotency_records set response = $4 where workspace_id = $1 and principal_id = $2 and key = $3",
);

/** The public form of a ticket that was just made by this actor. */
export function presentCreated(draft: TicketDraft, ticket: TicketRow): Ticket {
  return presentTicket(ticket, draft.flow, draft.actor.id ?? "");
}

/** Writes drafts of one workspace: in the caller's transaction, or, where no draft has an idempotency key, as the one statement it is. */
export async function insertDrafts(
  tx: Queryable & { workspaceId: string },
  drafts: readonly TicketDraft[],
  numbers: readonly number[],
  clock: Clock,
): Promise<Created[]> {
  const now = clock.now();
  const made = drafts.map((draft, index) => draftTicket(draft, numbers[index] ?? 0, clock, now));
  const rows = made.map((each, index) => {
    const draft = drafts[index] as TicketDraft;
    return toNewTicketRow(draft, each, index, draft.idempotency ? presentCreated(draft, each.ticket) : null);
  });
  const placed = await tx.query<{ ord: number; contact_id: string | null; identity_id: string | null }>(
    insertTickets,
    [tx.workspaceId, JSON.stringify(rows), now],
  );
  const result: Created[] = [...made];
  for (const { ord, contact_id, identity_id } of placed) {
    const each = made[ord] as Created;
    const draft = drafts[ord] as TicketDraft;
    const known = contact_id !== each.ticket.contact_id;
    const ticket = { ...each.ticket, contact_id, identity_id: draft.channel?.dialogue ? identity_id : null };
    result[ord] = { ...each, ticket };
    if (known && draft.idempotency) {
      const { principalId, key } = draft.idempotency;
      await tx.query(correctAnswer, [
        tx.workspaceId,
        principalId,
        key,
        JSON.stringify(presentCreated(draft, ticket)),
      ]);
    }
  }
  return result;
}

async function storedFor(db: Queryable, draft: TicketDraft): Promise<CreateAnswer | undefined> {
  if (!draft.idempotency) return undefined;
  const { principalId, ...key } = draft.idempotency;
  const stored = await findAnswer(db, { workspaceId: draft.workspaceId, principalId }, key);
  return stored && { stored: stored.response };
}

/** Runs a creation once for its key. A repeated call is answered before anything is written; two at once are told apart by the unique key. */
export async function onceForKey(
  db: Queryable,
  draft: TicketDraft,
  run: () => Promise<CreateAnswer>,
): Promise<CreateAnswer> {
  const stored = await storedFor(db, draft);
  if (stored) return stored;
  try {
    return await run();
  } catch (error) {
    if (violatedConstraint(error) !== "idempotency_records_pkey") throw error;
    const now = await storedFor(db, draft);
    if (!now) throw error;
    return now;
  }
}

export type CreateTickets = (draft: TicketDraft) => Promise<CreateAnswer>;

/**
 * Creates tickets; concurrent arrivals of one workspace are committed together and acknowledged after that commit. Each keeps its own
 * idempotency record: a batch that meets a used key is run again one by one, and that member gets the stored answer.
 */
export function createTicketIntake(deps: {
  db: Database;
  clock: Clock;
  numbers: Numbers;
  poke(): void;
}): CreateTickets {
  const { db, clock, numbers, poke } = deps;
  const batchers = new Map<string, Batcher<TicketDraft, CreateAnswer>>();

  // One statement is one commit by itself: BEGIN and COMMIT would only add round trips. A stored answer may need a second statement.
  function write(
    workspaceId: string,
    drafts: readonly TicketDraft[],
    taken: readonly number[],
  ): Promise<Created[]> {
    const alone = drafts.length > 1 && drafts.every((draft) => draft.idempotency === undefined);
    if (alone) return insertDrafts({ ...db.in(workspaceId), workspaceId }, drafts, taken, clock);
    return db.transaction(workspaceId, (tx) => insertDrafts(tx, drafts, taken, clock));
  }

  async function run(workspaceId: string, drafts: readonly TicketDraft[]): Promise<CreateAnswer[]> {
    const taken = await numbers.take(workspaceId, drafts.length);
    const created = await write(workspaceId, drafts, taken);
    poke();
    return created.map((each) => ({ created: each }));
  }

  function batcherOf(workspaceId: string): Batcher<TicketDraft, CreateAnswer> {
    const known = batchers.get(workspaceId);
    if (known) return known;
    const fresh = createBatcher<TicketDraft, CreateAnswer>({
      maxSize: maxBatch,
      maxParallel,
      run: (drafts) => run(workspaceId, drafts),
    });
    batchers.set(workspaceId, fresh);
    return fresh;
  }

  return (draft) =>
    onceForKey(db.in(draft.workspaceId), draft, () => batcherOf(draft.workspaceId).add(draft));
}
