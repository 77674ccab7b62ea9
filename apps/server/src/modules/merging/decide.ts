import { toPublicId } from "@okno/contract";
import { refuse, runFlow } from "@okno/kit";
import type { ActorRef } from "../journal/index.ts";
import { type FlowOf, type KeptTicket, moved, previewOf, step, type TicketRow } from "../tickets/index.ts";
import type { Sum } from "./queries.ts";

type Moment = { flow: ReturnType<FlowOf>; actor: ActorRef; now: Date };

const union = (...lists: readonly (readonly string[])[]) => [...new Set(lists.flat())];
const without = (list: readonly string[], gone: readonly string[]) =>
  list.filter((each) => !gone.includes(each));

function older(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b;
  return a < b ? a : b;
}

/** Weights say how important; none is 0, and then the other counts. */
function heavier(a: number, b: number): number {
  return a === 0 || b === 0 ? a + b : Math.max(a, b);
}

/**
 * One customer's words must never come before another: only tickets of the same contact are merged, or one that has none.
 * @throws unknown_reference for a ticket of another project or kind, different_contacts.
 */
export function requireMergeable(source: TicketRow, survivor: TicketRow): void {
  if (source.project_id !== survivor.project_id || source.kind !== survivor.kind)
    throw refuse("unknown_reference", {}, [
      { pointer: "/into", message: "a ticket of another project or kind" },
    ]);
  if (source.contact_id !== null && source.contact_id !== survivor.contact_id)
    throw refuse("different_contacts", {
      contacts: [source, survivor].map(({ contact_id: id }) => id && toPublicId("contact", id)),
    });
}

/** The ticket that is merged away: settled, by nobody, and marked. @throws action_not_allowed */
export function mergedAway(source: TicketRow, survivorId: string, moment: Moment): TicketRow {
  const done =
    source.phase === "done"
      ? source
      : // Nobody's work of today: it was not settled here.
        { ...moved(source, step(source, "complete", moment), moment.actor, moment.now), completed_by: null };
  return { ...done, waiting_since: null, merged_into: survivorId };
}

/** The ticket that takes another in. An open matter brings it back: what needs an answer must not vanish in a settled ticket. */
export function tookIn(survivor: TicketRow, source: TicketRow, moment: Moment): TicketRow {
  const reopens = source.phase === "open" && survivor.phase !== "open";
  const base = reopens
    ? moved(survivor, step(survivor, "reopen", moment), moment.actor, moment.now)
    : survivor;
  const newest =
    (source.last_message_at?.getTime() ?? 0) > (survivor.last_message_at?.getTime() ?? 0) ? source : survivor;
  return {
    ...base,
    labels: union(survivor.labels, source.labels),
    weight: heavier(survivor.weight, source.weight),
    waiting_since: older(survivor.waiting_since, source.waiting_since),
    last_preview: newest.last_preview,
    last_by: newest.last_by,
    last_message_at: newest.last_message_at,
    conversations: without(union(survivor.conversations, [source.id], source.conversations), [survivor.id]),
  };
}

/** The conversations a merge brought into the survivor: what comes by them goes back. */
export function broughtBy(
  source: KeptTicket,
  survivor: KeptTicket,
  ids: { source: string; survivor: string },
) {
  return without(union([ids.source], source.conversations), [...survivor.conversations, ids.survivor]);
}

/** Last words and waiting, read from what a ticket really holds. */
export function summed(ticket: TicketRow, sum: Sum | undefined): TicketRow {
  return {
    ...ticket,
    last_preview: sum ? previewOf(sum.body) : null,
    last_by: sum ? (sum.direction === "in" ? "customer" : "us") : null,
    last_message_at: sum?.created_at ?? null,
    waiting_since: sum?.waiting_since ?? null,
  };
}

/** The survivor after something has happened to it since the merge: it gives back what came of the other, and keeps its own way. */
export function gaveBack(
  survivor: TicketRow,
  gone: { labels: readonly string[]; conversations: readonly string[]; weight: number },
  sum: Sum | undefined,
): TicketRow {
  const { waiting_since } = survivor;
  const after = summed(survivor, sum);
  return {
    ...after,
    // Somebody has answered or settled it since: nobody waits.
    waiting_since: waiting_since === null ? null : after.waiting_since,
    labels: without(survivor.labels, gone.labels),
    weight: gone.weight,
    conversations: without(survivor.conversations, gone.conversations),
  };
}

/** A ticket that stands by itself again; what its customer wrote meanwhile brings it back, as it would have then. */
export function standsAgain(
  source: TicketRow,
  kept: KeptTicket,
  late: { customerWrote: boolean; sum: Sum | undefined } | undefined,
  { flow, actor, now }: Moment,
): TicketRow {
  const stood: TicketRow = { ...source, ...kept, merged_into: null };
  if (!late) return stood;
  const facts = { assignee: stood.assignee_id, actor: actor.id };
  const taken = late.customerWrote ? runFlow(flow, stood.state, "customer_wrote", facts) : undefined;
  return summed(taken?.ok ? moved(stood, taken, actor, now) : stood, late.sum);
}
