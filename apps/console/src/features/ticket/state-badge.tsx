import type { Ticket } from "@okno/contract";
import { Badge, formatRelative, type Tone } from "@okno/ui";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useKindState } from "../../shared/kinds/kinds.ts";
import { useT } from "./messages.ts";

/** Where the ticket stands, in the reader's words. */
export function StateBadge({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const locale = useLocale();
  const own = useKindState()(ticket);
  if (own) return <Badge tone={own.tone}>{own.text}</Badge>;
  const tone: Tone = ticket.phase === "done" ? "good" : ticket.phase === "open" ? "info" : "neutral";
  const words = () => {
    if (ticket.phase !== "waiting") return t(`state.${ticket.progress}`);
    if (ticket.waitingFor === "reply") return t("state.waiting.reply");
    if (!ticket.dueAt) return t("state.waiting");
    return t("state.waiting.time", {
      time: formatRelative(new Date(ticket.dueAt), new Date(), locale, { style: "long" }),
    });
  };
  return <Badge tone={tone}>{words()}</Badge>;
}
