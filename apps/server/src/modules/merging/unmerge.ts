import { fromPublicId, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import {
  findTicket,
  requireStanding,
  reviveKept,
  type TicketRow,
  ticketScope,
  wakeLater,
  weightOfLabels,
  writeChange,
} from "../tickets/index.ts";
import { broughtBy, gaveBack, standsAgain } from "./decide.ts";
import { lockBoth, type MergingDeps } from "./deps.ts";
import type { Pair } from "./merge.ts";
import * as sql from "./queries.ts";

/** A merged ticket and the one that has it, locked. @throws not_found, action_not_allowed, ticket_merged. */
async function lockMerged(tx: Transaction, principal: Principal, ticketId: string): Promise<Pair> {
  const id = fromPublicId("ticket", ticketId) ?? "";
  for (;;) {
    const seen = await findTicket(tx, ticketScope(principal), id);
    if (!seen) throw refuse("not_found");
    if (seen.merged_into === null)
      throw refuse("action_not_allowed", { action: "unmerge", state: seen.state });
    const [source, survivor] = await lockBoth(tx, principal, [id, seen.merged_into]);
    if (!source || !survivor) throw refuse("not_found");
    // Merged anew elsewhere while we waited: again, with that one.
    if (source.merged_into !== survivor.id) continue;
    // The survivor lies in a third one: the later merge has to be undone first.
    await requireStanding(tx, survivor);
    return { source, survivor };
  }
}

/** Old places for what was moved; new ones, in order, for what has come by the same conversations since. */
function placesBack(
  messages: readonly sql.Movable[],
  { merge, brought, after }: { merge: sql.MergeRow; brought: readonly string[]; after: number },
): { late: sql.Movable[]; places: sql.Place[] } {
  const old = new Map(merge.message_ids.map((id, index) => [id, merge.message_seqs[index] ?? 0]));
  const home = messages.flatMap(({ id }) => {
    const seq = old.get(id);
    return seq === undefined ? [] : [{ id, seq }];
  });
  const late = messages.filter(({ id, conversation }) => !old.has(id) && brought.includes(conversation));
  return { late, places: [...home, ...late.map(({ id }, index) => ({ id, seq: after + 1 + index }))] };
}

async function sumOf(tx: Transaction, ticketId: string): Promise<sql.Sum | undefined> {
  const [sum] = await tx.query<sql.Sum>(sql.sumUp, [tx.workspaceId, ticketId]);
  return sum;
}

async function survivorAfter(
  deps: MergingDeps,
  tx: Transaction,
  { source, survivor }: Pair,
  merge: sql.MergeRow,
): Promise<TicketRow> {
  if (survivor.seq === merge.survivor_seq) return { ...survivor, ...reviveKept(merge.survivor) };
  const catalog = await deps.catalogs.of(tx.workspaceId);
  const labels = survivor.labels.filter((label) => !merge.labels.includes(label));
  const conversations = broughtBy(merge.source, merge.survivor, { source: source.id, survivor: survivor.id });
  const weight = weightOfLabels(catalog, survivor.project_id, labels);
  return gaveBack(survivor, { labels: merge.labels, conversations, weight }, await sumOf(tx, survivor.id));
}

/**
 * A merged ticket stands by itself again: its messages at their old places, and what has come by its own conversation since. Everything
 * else that was written meanwhile stays with the survivor.
 * @throws not_found, action_not_allowed, ticket_merged, conversation_already_open.
 */
export async function unmergeTicket(
  deps: MergingDeps,
  tx: Transaction,
  principal: Principal,
  ticketId: string,
): Promise<Pair> {
  const { source, survivor } = await lockMerged(tx, principal, ticketId);
  const merge = await sql.getMerge(tx, tx.workspaceId, source.id);
  const now = deps.clock.now();
  const actor = { kind: principal.kind, id: principal.id } as const;
  const ids = { source: source.id, survivor: survivor.id };
  const brought = broughtBy(merge.source, merge.survivor, ids);
  const { late, places } = placesBack(
    await tx.query<sql.Movable>(sql.listAll, [tx.workspaceId, survivor.id]),
    { merge, brought, after: source.seq + 1 },
  );
  await sql.moveMessages(tx, { from: survivor.id, to: source.id, places });

  const data = (other: TicketRow, name: string) => ({
    [name]: toPublicId("ticket", other.id),
    number: other.number,
  });
  // The survivor first: it may have to give the one open dialogue back.
  const after = await survivorAfter(deps, tx, { source, survivor }, merge);
  const event = { type: "ticket.unmerged", actor } as const;
  const given = await writeChange(tx, survivor, after, [{ ...event, data: data(source, "from") }], now);

  const customerWrote = late.some(({ direction }) => direction === "in");
  const again = standsAgain(
    source,
    reviveKept(merge.source),
    late.length > 0 ? { customerWrote, sum: await sumOf(tx, source.id) } : undefined,
    { flow: deps.flowOf(source.kind), actor, now },
  );
  const last = late.length > 0 ? places.at(-1)?.seq : undefined;
  const written = await writeChange(
    tx,
    source,
    { ...again, seq: last ?? source.seq, message_seq: last ?? source.message_seq },
    [{ ...event, data: data(survivor, "into") }],
    now,
  );
  await wakeLater(tx, source, written);
  await wakeLater(tx, survivor, given);
  await tx.query(sql.partFollowers, [tx.workspaceId, survivor.id, merge.followers]);
  await tx.query(sql.closeMerge, [tx.workspaceId, merge.id, now]);
  tx.afterCommit(deps.poke);
  return { source: written, survivor: given };
}
