import type { Member, TicketEvent, Topic } from "@okno/contract";
import { formatDateTime } from "@okno/ui";
import { topicPath } from "../../shared/directory/directory.ts";
import type { Locale, Translate } from "../../shared/i18n/i18n.ts";
import type { useT } from "./messages.ts";

type T = ReturnType<typeof useT>;
type Key = Parameters<T>[0];

export type Words = {
  t: Translate<Key>;
  locale: Locale;
  members: readonly Member[];
  topics: readonly Topic[];
};

type Data = Record<string, unknown>;

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

function nameOf(id: unknown, { members }: Words): string {
  return members.find((member) => member.id === id)?.name ?? "…";
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
  return lines;
}

type Describe = (data: Data, who: string, words: Words) => string | string[];

const describe: Readonly<Record<string, Describe>> = {
  "ticket.created": (_, __, { t }) => t("event.ticket.created"),
  "ticket.claimed": (_, who, { t }) => t("event.ticket.claimed", { who }),
  "ticket.assigned": (data, who, words) =>
    data.to === null
      ? words.t("event.ticket.released", { who })
      : words.t("event.ticket.assigned", { who, to: nameOf(data.to, words) }),
  "ticket.transferred": (data, who, words) =>
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
  "ticket.changed": change,
  "contact.changed": (_, who, { t }) => t("event.contact.changed", { who }),
};

/** What happened, in one line or several. An event this console does not know is named rather than hidden. */
export function describeEvent(event: TicketEvent, words: Words): string[] {
  const who = actorName(event.actor, words);
  const said =
    describe[event.type]?.(event.data, who, words) ?? words.t("event.other", { who, type: event.type });
  return typeof said === "string" ? [said] : said;
}
