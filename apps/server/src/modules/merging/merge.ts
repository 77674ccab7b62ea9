import { fromPublicId, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { keepTicket, requireStanding, type TicketRow, writeChange } from "../tickets/index.ts";
import { mergedAway, requireMergeable, tookIn } from "./decide.ts";
import { lockBoth, type MergingDeps } from "./deps.ts";
import * as sql from "./queries.ts";

export type Pair = { source: TicketRow; survivor: TicketRow };

/** Both, locked and fit to be merged; `done` when they are already. */
async function lockPair(
  tx: Transaction,
  principal: Principal,
  ticketId: string,
  into: string,
): Promise<Pair & { done: boolean }> {
  const ids = [fromPublicId("ticket", ticketId) ?? "", fromPublicId("ticket", into) ?? ""] as const;
  const [source, survivor] = await lockBoth(tx, principal, ids);
  if (!source) throw refuse("not_found");
  if (ids[0] === ids[1])
    throw refuse("invalid_request", {}, [{ pointer: "/into", message: "the same ticket" }]);
  if (!survivor)
    throw refuse("unknown_reference", {}, [{ pointer: "/into", message: "there is no such ticket" }]);
  if (source.merged_into === survivor.id) return { source, survivor, done: true };
  await requireStanding(tx, source);
  await requireStanding(tx, survivor);
  requireMergeable(source, survivor);
  return { source, survivor, done: false };
}

/** Places right after the event; what was split from the survivor once goes back to where it stood. */
async function placesFor(
  tx: Transaction,
  { source, survivor }: Pair,
  messages: readonly sql.Movable[],
): Promise<sql.Place[]> {
  const [split] = await tx.query<{ message_ids: string[]; message_seqs: number[] }>(sql.findSplit, [
    tx.workspaceId,
    source.id,
    survivor.id,
  ]);
  const home = new Map(split?.message_ids.map((id, index) => [id, split.message_seqs[index] ?? 0]));
  return messages.map(({ id }, index) => ({ id, seq: home.get(id) ?? survivor.seq + 2 + index }));
}

/**
 * Everything of one ticket goes into another of the same contact: messages, notes, files, labels, followers. What is written down here
 * makes `unmergeTicket` give back exactly that. Repeating it changes nothing.
 * @throws not_found, unknown_reference, different_contacts, ticket_merged, action_not_allowed, conversation_already_open.
 */
export async function mergeTickets(
  deps: MergingDeps,
  tx: Transaction,
  principal: Principal,
  { ticketId, into }: { ticketId: string; into: string },
): Promise<Pair> {
  const { source, survivor, done } = await lockPair(tx, principal, ticketId, into);
  if (done) return { source, survivor };
  const now = deps.clock.now();
  const actor = { kind: principal.kind, id: principal.id } as const;
  const moment = { flow: deps.flowOf(source.kind), actor, now };
  const away = mergedAway(source, survivor.id, moment);
  const after = tookIn(survivor, source, moment);

  // The event stands first, and what it brought after it.
  const messages = await tx.query<sql.Movable>(sql.listAll, [tx.workspaceId, source.id]);
  const places = await placesFor(tx, { source, survivor }, messages);
  await sql.moveMessages(tx, { from: source.id, to: survivor.id, places });
  const joined = { workspaceId: tx.workspaceId, from: source.id, to: survivor.id, now };
  const followers = await joinFollowers(tx, joined);

  // The one that leaves is written first: a person has one open dialogue, and it may be passing from one to the other.
  const writtenSource = await writeChange(
    tx,
    source,
    away,
    [
      {
        type: "ticket.merged",
        actor,
        data: { into: toPublicId("ticket", survivor.id), number: survivor.number },
      },
    ],
    now,
  );
  const data = { from: toPublicId("ticket", source.id), number: source.number, messages: messages.length };
  const writtenSurvivor = await writeChange(
    tx,
    survivor,
    {
      ...after,
      seq: places.reduce((most, { seq }) => Math.max(most, seq), survivor.seq),
      message_seq: places.reduce((most, { seq }) => Math.max(most, seq), survivor.message_seq),
    },
    [{ type: "ticket.merged", actor, data }],
    now,
  );
  await tx.query(sql.insertMerge, [
    tx.workspaceId,
    newId(deps.clock),
    source.id,
    survivor.id,
    messages.map(({ id }) => id),
    messages.map(({ seq }) => seq),
    JSON.stringify(keepTicket(source)),
    JSON.stringify(keepTicket(survivor)),
    after.labels.filter((label) => !survivor.labels.includes(label)),
    followers,
    writtenSurvivor.seq,
    now,
    actor.kind,
    actor.id,
  ]);
  tx.afterCommit(deps.poke);
  return { source: writtenSource, survivor: writtenSurvivor };
}

async function joinFollowers(
  tx: Transaction,
  { workspaceId, from, to, now }: { workspaceId: string; from: string; to: string; now: Date },
): Promise<string[]> {
  const rows = await tx.query<{ member_id: string }>(sql.joinFollowers, [workspaceId, from, to, now]);
  return rows.map(({ member_id }) => member_id);
}
