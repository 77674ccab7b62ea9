import type { ChannelInstance } from "@okno/kit";
import { type Queryable, statement } from "../../platform/database.ts";
import type { Presence } from "../presence/index.ts";

const findSeat = statement(
  "channels.find_seat",
  // A conversation goes on where its latest ticket was merged into.
  `with recursive chain as (
     (select t.id, t.merged_into from tickets t
      where t.workspace_id = $1 and t.identity_id = any($2::uuid[]) and t.contact_id is not null order by t.id desc limit 1)
     union all select n.id, n.merged_into from chain join tickets n on n.workspace_id = $1 and n.id = chain.merged_into
   )
   select t.id, t.contact_id, c.name from chain join tickets t on t.workspace_id = $1 and t.id = chain.id
   join contacts c on c.workspace_id = $1 and c.id = t.contact_id where chain.merged_into is null`,
);

/** Tells whoever has the customer's latest ticket open that the customer is writing, or has stopped. Nothing is kept. */
export async function announceTyping(
  { db, presence }: { db: Queryable; presence: Presence },
  channel: ChannelInstance,
  identityIds: readonly string[],
  is: boolean,
): Promise<void> {
  const [seat] = await db.query<{ id: string; contact_id: string; name: string | null }>(findSeat, [
    channel.workspaceId,
    identityIds,
  ]);
  if (!seat) return;
  presence.announce({
    workspaceId: channel.workspaceId,
    projectId: channel.project.id,
    ticketId: seat.id,
    who: { kind: "contact", id: seat.contact_id, name: seat.name ?? "" },
    session: identityIds[0] ?? seat.contact_id,
    doing: is ? "typing" : null,
  });
}

export type TypingWatchers = {
  watch(workspaceId: string, ticketId: string, changed: (name: string | null) => void): () => void;
};

/** Hears presence once for all visitors that are connected here. Of all that it tells, only "one of us writes an answer" passes. */
export function createTypingWatchers(presence: Presence): TypingWatchers {
  const byTicket = new Map<string, Set<() => void>>();
  let stop: (() => void) | undefined;

  return {
    watch(workspaceId, ticketId, changed) {
      let told: string | null = null;
      const look = () => {
        const writer = presence
          .at(workspaceId, ticketId)
          .find(({ who, doing }) => who.kind === "member" && doing === "typing");
        const name = writer?.who.name ?? null;
        if (name === told) return;
        told = name;
        changed(name);
      };
      const watching = byTicket.get(ticketId) ?? new Set();
      byTicket.set(ticketId, watching.add(look));
      stop ??= presence.listenToAll({
        sighting: (sighting) => {
          for (const each of byTicket.get(sighting.ticketId) ?? []) each();
        },
      });
      look();
      return () => {
        watching.delete(look);
        if (watching.size === 0) byTicket.delete(ticketId);
        if (byTicket.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
  };
}
