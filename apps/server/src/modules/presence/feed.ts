import { type PresenceFrame, toPublicId } from "@okno/contract";
import type { Principal } from "../../platform/http/principal.ts";
import type { Choice, Presence } from "./presence.ts";
import type { Activity, Colleague, Sighting } from "./state.ts";

/** What has changed goes out together, to each reader at most once in this time. */
export const frameMs = 250;

/** Somebody's open stream. */
export type Reader = {
  /** Who reads, as known now: rights may change while the stream is open. */
  principal(): Principal;
  write(text: string): void;
};

export type PresenceFeed = {
  /** Writes what is known now, and from then on what changes. Answers how to stop. */
  attach(reader: Reader): () => void;
  stop(): void;
};

type PresenceAt = PresenceFrame["tickets"][number];
type PresenceOf = PresenceFrame["members"][number];
type Pending = {
  sightings: Map<string, Sighting>;
  people: Map<string, { who: Colleague; shown: PresenceOf }>;
};

/** Presence at a ticket is for those who work in its project; never one's own. */
function maySee(principal: Principal, { workspaceId, projectId, who }: Sighting): boolean {
  return (
    principal.workspaceId === workspaceId &&
    principal.roles.has(projectId) &&
    !(who.kind === "member" && who.id === principal.id)
  );
}

/** A colleague is seen by owners, and by who shares a project; an owner by everyone: the same as in the list of members. */
function mayKnow(principal: Principal, { workspaceId, memberId, owner, projectIds }: Colleague): boolean {
  if (principal.workspaceId !== workspaceId) return false;
  return (
    owner || principal.owner || memberId === principal.id || projectIds.some((id) => principal.roles.has(id))
  );
}

function presentSighting({ ticketId, who, doing }: Sighting): PresenceAt {
  return {
    ticket: toPublicId("ticket", ticketId),
    who: { kind: who.kind, id: toPublicId(who.kind, who.id), name: who.name },
    doing,
  };
}

const presentActivity = ({ memberId, active }: Activity): PresenceOf => ({
  member: toPublicId("member", memberId),
  active,
});

function frame(content: PresenceFrame): string {
  return `event: presence\ndata: ${JSON.stringify(content)}\n\n`;
}

/** Presence on the event streams of this process: frames without an id, so that they do not disturb where a stream resumes. */
export function createPresenceFeed(presence: Presence): PresenceFeed {
  const readers = new Map<Reader, Principal>();
  const pending: Pending = { sightings: new Map(), people: new Map() };
  let timer: NodeJS.Timeout | undefined;

  function everything(principal: Principal): string {
    return frame({
      reset: true,
      tickets: presence
        .everywhere(principal.workspaceId)
        .filter((each) => maySee(principal, each))
        .map(presentSighting),
      members: presence
        .active(principal.workspaceId)
        .filter((each) => mayKnow(principal, each))
        .map(presentActivity),
    });
  }

  function tell(reader: Reader, known: Principal): void {
    const principal = reader.principal();
    if (principal !== known) {
      // Rights were read again: what was told before may be more than may be seen now.
      readers.set(reader, principal);
      reader.write(everything(principal));
      return;
    }
    const tickets = [...pending.sightings.values()]
      .filter((each) => maySee(principal, each))
      .map(presentSighting);
    const members = [...pending.people.values()]
      .filter(({ who }) => mayKnow(principal, who))
      .map(({ shown }) => shown);
    if (tickets.length + members.length > 0) reader.write(frame({ reset: false, tickets, members }));
  }

  function flush(): void {
    timer = undefined;
    for (const [reader, known] of readers) tell(reader, known);
    pending.sightings.clear();
    pending.people.clear();
  }

  function soon(): void {
    if (readers.size === 0 || timer) return;
    timer = setTimeout(flush, frameMs);
    timer.unref();
  }

  function note(who: Colleague, shown: PresenceOf): void {
    if (readers.size === 0) return;
    const before = pending.people.get(who.memberId)?.shown;
    pending.people.set(who.memberId, { who, shown: { ...before, ...shown } });
    soon();
  }

  const stopListening = presence.listenToAll({
    sighting(sighting) {
      if (readers.size === 0) return;
      pending.sightings.set(`${sighting.ticketId} ${sighting.who.kind} ${sighting.who.id}`, sighting);
      soon();
    },
    activity: (activity) => note(activity, presentActivity(activity)),
    choice: ({ status, until, ...who }: Choice) =>
      note(who, { member: toPublicId("member", who.memberId), availability: { status, until } }),
  });

  return {
    attach(reader) {
      const principal = reader.principal();
      readers.set(reader, principal);
      reader.write(everything(principal));
      return () => readers.delete(reader);
    },
    stop() {
      stopListening();
      clearTimeout(timer);
      readers.clear();
    },
  };
}
