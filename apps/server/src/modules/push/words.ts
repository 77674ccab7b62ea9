import { type NotificationKind, type PushMessage, toPublicId } from "@okno/contract";
import type { Addressed } from "../notifications/index.ts";

type Words = Record<NotificationKind, (who: string) => string>;

const words: Record<"ru" | "en", Words & { customer: string }> = {
  ru: {
    customer: "Клиент",
    mention: (who) => `${who} упоминает вас`,
    assigned: (who) => `${who} передаёт вам заявку`,
    team: (who) => `${who} передаёт заявку вашей команде`,
    reply: (who) => `${who} отвечает`,
    note: (who) => `${who} пишет заметку`,
    returned: () => "Отложенная заявка вернулась",
    rated: (who) => `${who} оценивает работу`,
    unassigned: () => "Новая заявка без исполнителя",
  },
  en: {
    customer: "The customer",
    mention: (who) => `${who} mentions you`,
    assigned: (who) => `${who} gives you a ticket`,
    team: (who) => `${who} gives your team a ticket`,
    reply: (who) => `${who} replies`,
    note: (who) => `${who} leaves a note`,
    returned: () => "A postponed ticket is back",
    rated: (who) => `${who} rates your work`,
    unassigned: () => "A new ticket that nobody has",
  },
};

/** A push takes 4 kB in all; a line on a locked phone shows far less. */
const subjectLength = 120;

/** The words of a push, in the reader's language. */
export function pushWords({ kind, locale, actor_name, ticket_id, number, subject }: Addressed): PushMessage {
  const own = words[locale];
  const short = [...subject].slice(0, subjectLength).join("");
  return {
    title: own[kind](actor_name ?? own.customer),
    text: `№ ${number} · ${short}`,
    ticket: toPublicId("ticket", ticket_id),
  };
}
