import type { Clock } from "../../platform/clock.ts";
import { startWire, type WireDeps } from "../../platform/wire.ts";
import {
  type Activity,
  type Announcement,
  activeMs,
  type Colleague,
  createState,
  lifetimeMs,
  type Sighting,
} from "./state.ts";

const sweepMs = 1_000;
/** Names are for people to read; a longer one would fill the wire. */
const nameLength = 100;
/** A colleague is told to those who share one of this many projects. */
const mostProjects = 50;

/** What a member has chosen for others to see; `until` as an instant in words, null for no end. */
export type Choice = Colleague & { status: "available" | "busy" | "away"; until: string | null };

export type Listeners = {
  sighting?(sighting: Sighting): void;
  activity?(activity: Activity): void;
  choice?(choice: Choice): void;
};

/**
 * Who is at which ticket now and who writes, over all processes of the installation. Forgetful: nothing is stored, and whoever says nothing
 * for a while is gone (20 s of viewing, 10 s of typing).
 */
export type Presence = {
  /**
   * Says where somebody is; to be repeated while it lasts, well within the time above. `doing: null` leaves at once. Costs no statement.
   * A contact who writes in a chat: `{ workspaceId, projectId, ticketId, who: { kind: "contact", id, name }, session: identityId, doing: "typing" }`,
   * with internal UUIDs throughout. Whether the caller may be there is the caller's business.
   */
  announce(said: Announcement): void;
  /** A member touched key or pointer. */
  touch(who: Colleague): void;
  /** A member has chosen how to be seen; told once, since it is stored. */
  tellChoice(choice: Choice): void;
  /** Everybody at a ticket, each person once. */
  at(workspaceId: string, ticketId: string): Sighting[];
  /** Everybody at any ticket of the workspace. */
  everywhere(workspaceId: string): Sighting[];
  active(workspaceId: string): Activity[];
  /**
   * Hears what changes in a workspace: a person comes to a ticket, begins to type, stops, goes (`doing: null`). Two tabs of one person
   * are one. Repetitions are not told. Must not throw. Answers how to stop.
   */
  listen(workspaceId: string, listener: (sighting: Sighting) => void): () => void;
  /** The same over all workspaces, with what is known of members. */
  listenToAll(listeners: Listeners): () => void;
  /** Forgets at once who has said nothing for too long; it happens by itself every second. */
  sweep(): void;
  stop(): Promise<void>;
};

export type PresenceDeps = WireDeps & { clock: Clock };

type Item =
  | { kind: "seat"; said: Announcement; ttlMs: number }
  | { kind: "touch"; who: Colleague; ttlMs: number }
  | { kind: "choice"; choice: Choice }
  | { kind: "hello" };

export function startPresence({ db, log, clock }: PresenceDeps): Presence {
  const listeners = new Set<Listeners>();
  const state = createState({
    sighting: (sighting) => {
      for (const each of listeners) each.sighting?.(sighting);
    },
    activity: (activity) => {
      for (const each of listeners) each.activity?.(activity);
    },
  });
  const nowMs = () => clock.now().getTime();

  function put(item: Exclude<Item, { kind: "hello" }>, local: boolean): void {
    const now = nowMs();
    if (item.kind === "seat") state.announce(item.said, { now, ttlMs: item.ttlMs, local });
    else if (item.kind === "touch") state.touch(item.who, { now, ttlMs: item.ttlMs, local });
    else for (const each of listeners) each.choice?.(item.choice);
  }

  /** Somebody has just started and knows nothing: what this process was told is told again. */
  function tellOwn(): void {
    const now = nowMs();
    const { seats, touches } = state.own();
    for (const { until, local: _, ...said } of seats) tell({ kind: "seat", said, ttlMs: until - now });
    for (const { until, local: _, ...who } of touches) tell({ kind: "touch", who, ttlMs: until - now });
  }

  const wire = startWire({ db, log }, "okno_presence", {
    item(heard) {
      const item = heard as Item;
      if (item.kind === "hello") tellOwn();
      else put(item, false);
    },
    joined: () => tell({ kind: "hello" }),
  });

  function tell(item: Item): void {
    if (item.kind === "seat") {
      const { said } = item;
      wire.send(
        `seat ${said.workspaceId} ${said.who.id} ${said.session} ${said.doing === null ? said.ticketId : ""}`,
        item,
      );
    } else if (item.kind === "touch") wire.send(`touch ${item.who.workspaceId} ${item.who.memberId}`, item);
    else if (item.kind === "choice")
      wire.send(`choice ${item.choice.workspaceId} ${item.choice.memberId}`, item);
    else wire.send("hello", item);
  }

  function say(item: Exclude<Item, { kind: "hello" }>): void {
    put(item, true);
    tell(item);
  }

  const known = <C extends Colleague>(who: C): C => ({
    ...who,
    projectIds: who.owner ? [] : who.projectIds.slice(0, mostProjects),
  });
  const sweep = () => state.sweep(nowMs());
  const sweeping = setInterval(sweep, sweepMs);
  sweeping.unref();

  const everywhere = (workspaceId: string) =>
    state
      .tickets()
      .flatMap((ticketId) => state.at(ticketId))
      .filter((sighting) => sighting.workspaceId === workspaceId);

  return {
    announce(said) {
      const who = {
        ...said.who,
        name: [...said.who.name.slice(0, nameLength * 2)].slice(0, nameLength).join(""),
      };
      say({ kind: "seat", said: { ...said, who }, ttlMs: lifetimeMs[said.doing ?? "viewing"] });
    },
    touch: (who) => say({ kind: "touch", who: known(who), ttlMs: activeMs }),
    tellChoice: (choice) => say({ kind: "choice", choice: known(choice) }),
    at: (workspaceId, ticketId) => state.at(ticketId).filter((each) => each.workspaceId === workspaceId),
    everywhere,
    active: (workspaceId) => state.active().filter((each) => each.workspaceId === workspaceId),
    listen(workspaceId, listener) {
      const own: Listeners = {
        sighting: (sighting) => {
          if (sighting.workspaceId === workspaceId) listener(sighting);
        },
      };
      listeners.add(own);
      return () => listeners.delete(own);
    },
    listenToAll(all) {
      listeners.add(all);
      return () => listeners.delete(all);
    },
    sweep,
    async stop() {
      clearInterval(sweeping);
      await wire.stop();
    },
  };
}
