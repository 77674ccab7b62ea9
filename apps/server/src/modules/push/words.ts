import { type PushMessage, toPublicId } from "@okno/contract";
import { notificationWords } from "@okno/contract/notification-words";
import type { Addressed } from "../notifications/index.ts";

/** A push takes 4 kB in all; a line on a locked phone shows far less. */
const subjectLength = 120;

const shortened = (text: string) => [...text].slice(0, subjectLength).join("");

/** The words of a push, in the reader's language. */
export function pushWords(news: Addressed): PushMessage {
  const { kind, locale, actor_name, ticket_id, number, subject, webhook_id, webhook_name } = news;
  const own = notificationWords[locale];
  const title = own[`kind.${kind}`].replace("{who}", () => actor_name ?? own.someone);
  if (ticket_id === null)
    return {
      title,
      text: shortened(webhook_name ?? ""),
      ticket: null,
      ...(webhook_id && { webhook: toPublicId("webhook", webhook_id) }),
    };
  return { title, text: `№ ${number} · ${shortened(subject)}`, ticket: toPublicId("ticket", ticket_id) };
}
