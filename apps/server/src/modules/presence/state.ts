/** `typing`: a reply to the customer is being written. */
export type Doing = "viewing" | "typing";
/** A member or a contact. `id` is a UUID. */
export type Who = { kind: "member" | "contact"; id: string; name: string };

/** Where somebody is. `doing: null` means that this session has left the ticket. */
export type Announcement = {
  workspaceId: string;
  projectId: string;
  ticketId: string;
  who: Who;
  /** One tab, one chat window: it is at one ticket at a time, so that announcing another ticket moves it there. */
  session: string;
  doing: Doing | null;
};

/** What somebody does at a ticket, over all their sessions; `null` when the last of them has gone. */
export type Sighting = Omit<Announcement, "session">;

/** What a member who may be seen by others has to do with projects: an owner works in all of them. */
export type Colleague = {
  workspaceId: string;
  memberId: string;
  owner: boolean;
  projectIds: readonly string[];
};
export type Activity = Colleague & { active: boolean };

/** A session that says nothing for this long is not there any more. */
export const lifetimeMs: Record<Doing, number> = { viewing: 20_000, typing: 10_000 };
/** A member counts as active for this long after the last touch of key or pointer. */
export const activeMs = 5 * 60_000;

type Seat = Sighting & { doing: Doing; session: string; until: number; local: boolean };
type Touch = Colleague & { until: number; local: boolean };

const personOf = ({ workspaceId, who }: Pick<Announcement, "workspaceId" | "who">) =>
  `${workspaceId} ${who.kind} ${who.id}`;

export type PresenceState = ReturnType<typeof createState>;

/** Who is where, in memory: everything in it is forgotten unless it is said again. Reports what others would notice. */
export function createState(report: {
  sighting(sighting: Sighting): void;
  activity(activity: Activity): void;
}) {
  const seats = new Map<string, Seat>();
  const atTicket = new Map<string, Set<Seat>>();
  const touches = new Map<string, Touch>();

  function doingAt(ticketId: string, person: string): Doing | null {
    let doing: Doing | null = null;
    for (const seat of atTicket.get(ticketId) ?? []) {
      if (personOf(seat) !== person) continue;
      if (seat.doing === "typing") return "typing";
      doing = "viewing";
    }
    return doing;
  }

  function take(key: string): void {
    const seat = seats.get(key);
    if (!seat) return;
    seats.delete(key);
    const here = atTicket.get(seat.ticketId);
    here?.delete(seat);
    if (here?.size === 0) atTicket.delete(seat.ticketId);
  }

  function put(key: string, seat: Seat): void {
    seats.set(key, seat);
    const here = atTicket.get(seat.ticketId) ?? new Set();
    atTicket.set(seat.ticketId, here.add(seat));
  }

  /** Makes a change of one session, and reports each ticket at which the person is now seen differently. */
  function change(seen: readonly Sighting[], make: () => void): void {
    const before = seen.map((each) => doingAt(each.ticketId, personOf(each)));
    make();
    for (const [index, each] of seen.entries()) {
      const doing = doingAt(each.ticketId, personOf(each));
      if (doing !== before[index]) report.sighting({ ...each, doing });
    }
  }

  const bare = ({ workspaceId, projectId, ticketId, who, doing }: Sighting): Sighting => ({
    workspaceId,
    projectId,
    ticketId,
    who,
    doing,
  });

  return {
    announce(
      said: Announcement,
      { now, ttlMs, local }: { now: number; ttlMs: number; local: boolean },
    ): void {
      const key = `${personOf(said)} ${said.session}`;
      const old = seats.get(key);
      // It says to have left a ticket that it is no longer at.
      if (said.doing === null && old?.ticketId !== said.ticketId) return;
      const seen = old && old.ticketId !== said.ticketId ? [bare(old), bare(said)] : [bare(said)];
      const { doing } = said;
      change(seen, () => {
        take(key);
        if (doing !== null)
          put(key, { ...bare(said), doing, session: said.session, until: now + ttlMs, local });
      });
    },
    touch(who: Colleague, { now, ttlMs, local }: { now: number; ttlMs: number; local: boolean }): void {
      const key = `${who.workspaceId} ${who.memberId}`;
      const known = touches.get(key);
      touches.set(key, {
        ...who,
        until: Math.max(now + ttlMs, known?.until ?? 0),
        local: local || (known?.local ?? false),
      });
      if (!known) report.activity({ ...who, active: true });
    },
    /** Forgets who has said nothing for too long. */
    sweep(now: number): void {
      for (const [key, seat] of seats) if (seat.until <= now) change([bare(seat)], () => take(key));
      for (const [key, { until, local: _, ...who }] of touches) {
        if (until > now) continue;
        touches.delete(key);
        report.activity({ ...who, active: false });
      }
    },
    /** Everybody at one ticket, each person once. */
    at(ticketId: string): Sighting[] {
      const people = new Map<string, Sighting>();
      for (const seat of atTicket.get(ticketId) ?? []) {
        const person = personOf(seat);
        people.set(person, { ...bare(seat), doing: doingAt(ticketId, person) });
      }
      return [...people.values()];
    },
    tickets: () => [...atTicket.keys()],
    active: (): Activity[] =>
      [...touches.values()].map(({ until: _, local: __, ...who }) => ({ ...who, active: true })),
    /** What this process itself has been told, for another that has just started. */
    own: () => ({
      seats: [...seats.values()].filter((seat) => seat.local),
      touches: [...touches.values()].filter((touch) => touch.local),
    }),
  };
}
