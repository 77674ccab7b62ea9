import type { Member, Team, TicketEvent, Topic } from "@okno/contract";
import { formatDateTime } from "@okno/ui";
import { topicPath } from "../../shared/directory/directory.ts";
import type { Locale, Translate } from "../../shared/i18n/i18n.ts";
import { confirmationLine } from "./confirmation-words.ts";
import type { useT } from "./messages.ts";

type T = ReturnType<typeof useT>;
type Key = Parameters<T>[0];

export type Words = {
  t: Translate<Key>;
  locale: Locale;
  members: readonly Member[];
  topics: readonly Topic[];
  teams: readonly Team[];
  /** The words of the ticket's kind for an event of its own; undefined where it has none. */
  ofKind: (type: string, data: Data, who: string) => string | undefined;
};

type Data = Record<string, unknown>;

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

function nameOf(id: unknown, { members }: Words): string {
  return members.find((member) => member.id === id)?.name ?? "…";
}

/** Where a hand-over went: the team, where it was one; nothing for an event of a person. */
function teamLine(data: Data, who: string, { t, teams }: Words, key: Key): string | undefined {
  if (!data.team) return undefined;
  const { from, to } = data.team as { from?: unknown; to?: unknown };
  const name = (id: unknown) => teams.find((team) => team.id === id)?.name ?? "…";
  return to === null ? t("event.ticket.team.left", { who, from: name(from) }) : t(key, { who, to: name(to) });
}

/** Who did it, in words. */
export function actorName(actor: TicketEvent["actor"], { t }: Pick<Words, "t">): string {
  if (actor.kind === "system") return t("system");
  return actor.name ?? (actor.kind === "key" ? t("key") : t("customer.unnamed"));
}

function change(data: Data, who: string, words: Words): string[] {
  const { t, topics } = words;
  const to = (name: string) => (data[name] as { to?: unknown } | undefined)?.to;
  const lines: string[] = [];
  if (data.topic)
    lines.push(
      t("event.changed.topic", { who, to: topicPath(topics, text(to("topic")) ?? null) ?? t("topic.none") }),
    );
  if (data.priority)
    lines.push(t("event.changed.priority", { who, to: t(`priority.${to("priority")}` as Key) }));
  if (data.labels) {
    const labels = to("labels");
    const names = Array.isArray(labels) ? labels.join(", ") : "";
    lines.push(t("event.changed.labels", { who, to: names || t("labels.none") }));
  }
  if (data.contact)
    lines.push(t(data.why === "unmerged" ? "event.contact.unmerged" : "event.contact.merged", { who }));
  return lines;
}

/** The other ticket's number, where everybody who reads this may know it. */
const otherTicket = (data: Data): string => (typeof data.number === "number" ? String(data.number) : "…");

/** Somebody follows by their own wish, or was asked to by a colleague. */
function followLine(data: Data, who: string, words: Words, what: "followed" | "unfollowed"): string {
  const name = nameOf(data.member, words);
  return name === who
    ? words.t(`event.ticket.${what}`, { who })
    : words.t(`event.ticket.${what}.other`, { who, to: name });
}

/** What the customer thinks of how it went; words that came later stand on a line of their own. */
function ratingLines(data: Data, who: string, { t }: Words): string[] {
  const said = text(data.words);
  const score =
    data.scale === "two"
      ? t(data.score === 5 ? "rating.good" : "rating.bad")
      : t("rating.of", { score: String(data.score) });
  const same = data.from === data.score;
  const line = t(data.from === undefined ? "event.ticket.rated" : "event.ticket.rated.again", { who, score });
  const words = said ? [t("event.ticket.rated.words", { who, words: said })] : [];
  return same && said ? words : [line, ...words];
}

type Describe = (data: Data, who: string, words: Words) => string | string[];

const describe: Readonly<Record<string, Describe>> = {
  "ticket.created": (data, who, { t }) =>
    data.splitFrom
      ? t("event.ticket.created.split", { who, number: String(data.number) })
      : t("event.ticket.created"),
  "ticket.claimed": (_, who, { t }) => t("event.ticket.claimed", { who }),
  "ticket.assigned": (data, who, words) =>
    teamLine(data, who, words, "event.ticket.team") ??
    (data.to === null
      ? words.t("event.ticket.released", { who })
      : words.t("event.ticket.assigned", { who, to: nameOf(data.to, words) })),
  "ticket.transferred": (data, who, words) =>
    teamLine(data, who, words, "event.ticket.transferred") ??
    words.t("event.ticket.transferred", { who, to: nameOf(data.to, words) }),
  "ticket.completed": (data, who, { t }) => {
    const outcome = text(data.outcome);
    return outcome
      ? t("event.ticket.completed.outcome", { who, outcome })
      : t("event.ticket.completed", { who });
  },
  "ticket.postponed": (data, who, { t, locale }) => {
    const until = text(data.until);
    return until
      ? t("event.ticket.postponed.until", { who, time: formatDateTime(new Date(until), locale) })
      : t("event.ticket.postponed.reply", { who });
  },
  "ticket.returned": (data, _, { t }) =>
    t(data.why === "time" ? "event.ticket.returned.time" : "event.ticket.returned.reply"),
  "ticket.reopened": (_, who, { t }) => t("event.ticket.reopened", { who }),
  "ticket.merged": (data, who, { t }) =>
    t(data.from ? "event.ticket.merged.from" : "event.ticket.merged.into", {
      who,
      number: String(data.number),
    }),
  "ticket.unmerged": (data, who, { t }) =>
    t(data.from ? "event.ticket.unmerged.from" : "event.ticket.unmerged.into", {
      who,
      number: String(data.number),
    }),
  "ticket.split": (data, who, { t }) => t("event.ticket.split", { who, number: String(data.number) }),
  "ticket.restored": (_, who, { t }) => t("event.ticket.restored", { who }),
  "ticket.changed": change,
  "ticket.followed": (data, who, words) => followLine(data, who, words, "followed"),
  "ticket.unfollowed": (data, who, words) => followLine(data, who, words, "unfollowed"),
  "ticket.linked": (data, who, { t }) => t("event.ticket.linked", { who, other: otherTicket(data) }),
  "ticket.unlinked": (data, who, { t }) => t("event.ticket.unlinked", { who, other: otherTicket(data) }),
  "message.withdrawn": (_, who, { t }) => t("event.message.withdrawn", { who }),
  "ticket.rated": ratingLines,
  "contact.identified": (_, who, { t }) => t("event.contact.identified", { who }),
  "contact.changed": (_, who, { t }) => t("event.contact.changed", { who }),
};

/** What happened, in one line or several. An event this console does not know is named rather than hidden. */
export function describeEvent(event: TicketEvent, words: Words): string[] {
  const who = actorName(event.actor, words);
  const said =
    describe[event.type]?.(event.data, who, words) ??
    confirmationLine(event, who) ??
    words.ofKind(event.type, event.data, who) ??
    words.t("event.other", { who, type: event.type });
  return typeof said === "string" ? [said] : said;
}
