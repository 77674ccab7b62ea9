import type { TicketEvent } from "@okno/contract";
import { tr } from "./confirmation-messages.ts";

const methods = ["api", "approval", "link", "code"] as const;
const shown = ["issued", "opened", "answered", "refused", "question_asked", "expired", "revoked"] as const;

/** What happened to a confirmation, in a line; undefined for every other event. */
export function confirmationLine({ type, data }: TicketEvent, who: string): string | undefined {
  const what = /^confirmation\.(\w+)$/u.exec(type)?.[1];
  if (what === "confirmed") {
    if (data.staffBrowser === true) return tr("event.confirmed.staff", { who });
    return tr(data.method === "code" ? "event.confirmed.code" : "event.confirmed", { who });
  }
  if (what === "superseded") {
    const method = methods.find((each) => each === data.method) ?? "link";
    return tr("event.superseded", { method: tr(`by.${method}`) });
  }
  const known = shown.find((each) => each === what);
  if (!known) return undefined;
  return tr(`event.${known}`, { who, answers: String(data.answers), needed: String(data.needed) });
}
