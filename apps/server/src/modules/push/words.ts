import { type PushMessage, toPublicId } from "@okno/contract";
import { notificationWords } from "@okno/contract/notification-words";
import type { Addressed } from "../notifications/index.ts";

/** A push takes 4 kB in all; a line on a locked phone shows far less. */
const subjectLength = 120;

/** The words of a push, in the reader's language. */
export function pushWords({ kind, locale, actor_name, ticket_id, number, subject }: Addressed): PushMessage {
  const own = notificationWords[locale];
  const short = [...subject].slice(0, subjectLength).join("");
  return {
    title: own[`kind.${kind}`].replace("{who}", () => actor_name ?? own.someone),
    text: `№ ${number} · ${short}`,
    ticket: toPublicId("ticket", ticket_id),
  };
}
