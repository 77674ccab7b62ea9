import type { PresenceFrame } from "@okno/contract";

export type Seen = PresenceFrame["tickets"][number] & { doing: "viewing" | "typing" };
type Person = PresenceFrame["members"][number];

/** Who is where and who is at work, as the stream has said so far. */
export type KnownPresence = {
  byTicket: ReadonlyMap<string, readonly Seen[]>;
  members: ReadonlyMap<string, Person>;
};

export const nothingKnown: KnownPresence = { byTicket: new Map(), members: new Map() };

const sameWho = (a: Seen["who"], b: Seen["who"]) => a.kind === b.kind && a.id === b.id;

function takeTicket(byTicket: Map<string, readonly Seen[]>, said: PresenceFrame["tickets"][number]): void {
  const { doing } = said;
  const before = byTicket.get(said.ticket) ?? [];
  const others = before.filter((each) => !sameWho(each.who, said.who));
  // Whoever is there already keeps their place, so that faces do not change seats.
  const at = before.findIndex((each) => sameWho(each.who, said.who));
  const after =
    doing === null ? others : others.toSpliced(at === -1 ? others.length : at, 0, { ...said, doing });
  if (after.length > 0) byTicket.set(said.ticket, after);
  else byTicket.delete(said.ticket);
}

/** What is known after one more frame. Lists of tickets that it does not name stay the very same. */
export function learnPresence(known: KnownPresence, frame: PresenceFrame): KnownPresence {
  const from = frame.reset ? nothingKnown : known;
  const byTicket = new Map(from.byTicket);
  for (const said of frame.tickets) takeTicket(byTicket, said);
  const members = new Map(from.members);
  for (const person of frame.members)
    members.set(person.member, { ...members.get(person.member), ...person });
  return { byTicket, members };
}

/** The whole of it as one frame, for a tab that has just been opened. */
export function frameOf({ byTicket, members }: KnownPresence): PresenceFrame {
  return { reset: true, tickets: [...byTicket.values()].flat(), members: [...members.values()] };
}
