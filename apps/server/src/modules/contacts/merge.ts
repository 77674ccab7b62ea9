import { type Contact, fromPublicId, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Transaction } from "../../platform/database.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { type LockedContact, readCard } from "./card.ts";
import * as sql from "./merge-queries.ts";
import { type ContactDeps, recordContact } from "./record.ts";
import { joinValues, partValues, type SurvivorValues, valuesOf } from "./survivor.ts";

type Ids = readonly { id: string }[];
type Standing = { id: string; project_id: string };
const idsOf = (rows: Ids) => rows.map(({ id }) => id);

function scoped(principal: Principal, publicId: string): unknown[] {
  return [principal.workspaceId, projectsWith(principal, "operator"), fromPublicId("contact", publicId)];
}

async function standing(
  tx: Transaction,
  principal: Principal,
  publicId: string,
): Promise<Standing | undefined> {
  const [row] = await tx.query<Standing>(sql.resolve, scoped(principal, publicId));
  return row;
}

/** Both contacts with their identities, locked so that no message can come between. */
async function lockAll(tx: Transaction, ids: readonly string[]): Promise<Map<string, LockedContact>> {
  await tx.query(sql.lockIdentities, [tx.workspaceId, ids]);
  const rows = await tx.query<LockedContact>(sql.lockPair, [tx.workspaceId, ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

type Pair = { from: LockedContact; into: LockedContact };

/** The two that stand for these ids, locked; undefined when they are one already. @throws not_found, unknown_reference, invalid_request. */
async function lockPair(
  tx: Transaction,
  principal: Principal,
  id: string,
  other: string,
): Promise<Pair | undefined> {
  for (;;) {
    const from = await standing(tx, principal, id);
    if (!from) throw refuse("not_found");
    const into = await standing(tx, principal, other);
    if (!into || into.project_id !== from.project_id)
      throw refuse("unknown_reference", {}, [
        { pointer: "/into", message: "the project has no such contact" },
      ]);
    if (id === other)
      throw refuse("invalid_request", {}, [{ pointer: "/into", message: "the same contact" }]);
    if (from.id === into.id) return undefined;
    const locked = await lockAll(tx, [from.id, into.id]);
    const pair = { from: locked.get(from.id), into: locked.get(into.id) };
    // One of them was merged away while we waited: whoever stands for it now is meant.
    if (pair.from && pair.into && !pair.from.merged_into && !pair.into.merged_into)
      return { from: pair.from, into: pair.into };
  }
}

type Move = { deps: ContactDeps; tx: Transaction; principal: Principal };

/** Parameters of moving tickets from one contact to another: the event says whose they were and become. */
function ticketMove({ deps, tx, principal }: Move, from: string, to: string, why: string): unknown[] {
  const data = { contact: { from: toPublicId("contact", from), to: toPublicId("contact", to) }, why };
  return [tx.workspaceId, from, to, principal.kind, principal.id, deps.clock.now(), JSON.stringify(data)];
}

function moved(identities: readonly string[], tickets: readonly string[]) {
  return { identities: identities.map((id) => toPublicId("identity", id)), tickets: tickets.length };
}

/**
 * Everything of one contact goes to another of the same project, and its id answers with the survivor from now on.
 * Repeating it changes nothing. @throws not_found, unknown_reference, invalid_request.
 */
export async function mergeContacts(
  deps: ContactDeps,
  tx: Transaction,
  principal: Principal,
  id: string,
  into: string,
): Promise<Contact> {
  const pair = await lockPair(tx, principal, id, into);
  if (!pair) return readCard(tx, principal, into);
  const [from, to] = [pair.from.id, pair.into.id];
  const values = [tx.workspaceId, from, to];
  const identities = idsOf(await tx.query<{ id: string }>(sql.moveIdentities, values));
  const move = ticketMove({ deps, tx, principal }, from, to, "merged");
  const tickets = idsOf(await tx.query<{ id: string }>(sql.moveTickets, move));
  const before = valuesOf(pair.into);
  const after = joinValues(before, pair.from);
  await write(tx, to, after);
  await tx.query(sql.mark, values);
  await tx.query(sql.insertMerge, [
    tx.workspaceId,
    newId(deps.clock),
    pair.into.project_id,
    from,
    to,
    identities,
    tickets,
    JSON.stringify({ before, after } satisfies SurvivorValues),
    deps.clock.now(),
    principal.kind,
    principal.id,
  ]);
  await recordContact(deps, tx, principal, {
    type: "contact.merged",
    projectId: pair.into.project_id,
    data: {
      contact: toPublicId("contact", from),
      into: toPublicId("contact", to),
      ...moved(identities, tickets),
    },
  });
  return readCard(tx, principal, into);
}

async function write(tx: Transaction, id: string, values: SurvivorValues["after"]): Promise<void> {
  const { name, locale, note, fields } = values;
  await tx.query(sql.writeValues, [tx.workspaceId, id, name, locale, note, JSON.stringify(fields)]);
}

type MergeRow = {
  id: string;
  into_id: string;
  identities: string[];
  tickets: string[];
  survivor: SurvivorValues;
};
type Away = { id: string; project_id: string; merged_into: string | null };

/** Whoever stands for a contact that was merged away, with everything between them locked; undefined when it stands by itself. */
async function lockAway(
  tx: Transaction,
  principal: Principal,
  id: string,
): Promise<{ away: Away; holder: string; between: Map<string, LockedContact> } | undefined> {
  for (;;) {
    const [away] = await tx.query<Away>(sql.findMerged, scoped(principal, id));
    if (!away) throw refuse("not_found");
    if (away.merged_into === null) return undefined;
    const holder = await standing(tx, principal, id);
    if (!holder) throw refuse("not_found");
    const between = await lockAll(tx, [...new Set([away.id, away.merged_into, holder.id])]);
    const stands = between.get(holder.id)?.merged_into === null;
    if (stands && between.get(away.id)?.merged_into === away.merged_into)
      return { away, holder: holder.id, between };
  }
}

/**
 * A merged contact stands by itself again, with exactly what it had. What came since stays with the survivor, but for what came by an
 * identity that goes back. Repeating it changes nothing. @throws not_found.
 */
export async function unmergeContact(
  deps: ContactDeps,
  tx: Transaction,
  principal: Principal,
  id: string,
): Promise<Contact> {
  const found = await lockAway(tx, principal, id);
  if (!found) return readCard(tx, principal, id);
  const { away, holder, between } = found;
  const [merge] = await tx.query<MergeRow>(sql.findMerge, [tx.workspaceId, away.id]);
  // A visitor who turned out to be a user was taken in without a merge: there is nothing to give back.
  if (!merge) throw refuse("not_found");
  const back = [tx.workspaceId, holder, away.id, merge.identities];
  const identities = idsOf(await tx.query<{ id: string }>(sql.returnIdentities, back));
  const move = ticketMove({ deps, tx, principal }, holder, away.id, "unmerged");
  const parameters = [...move, merge.tickets, identities];
  const tickets = idsOf(await tx.query<{ id: string }>(sql.returnTickets, parameters));
  const into = between.get(merge.into_id);
  if (into) await write(tx, into.id, partValues(valuesOf(into), merge.survivor));
  await tx.query(sql.mark, [tx.workspaceId, away.id, null]);
  await tx.query(sql.undoMerge, [tx.workspaceId, merge.id, deps.clock.now()]);
  await recordContact(deps, tx, principal, {
    type: "contact.unmerged",
    projectId: away.project_id,
    data: {
      contact: toPublicId("contact", away.id),
      from: toPublicId("contact", holder),
      ...moved(identities, tickets),
    },
  });
  return readCard(tx, principal, id);
}
