import { SquarePen } from "lucide-react";
import { defineMessages } from "../i18n/i18n.ts";
import { useDraftTickets } from "./begun-drafts.ts";

const { useT } = defineMessages("draft-mark", {
  ru: { draft: "Начат ответ" },
  en: { draft: "A reply is begun" },
});

/** In a list: the person has begun to write here and not sent it. */
export function DraftMark({ ticket }: { ticket: string }) {
  const t = useT();
  if (!useDraftTickets().has(ticket)) return null;
  return (
    <span data-testid="draft-mark" title={t("draft")} className="flex shrink-0 items-center text-accent">
      <SquarePen aria-hidden="true" className="size-3.5" />
      <span className="sr-only">{t("draft")}</span>
    </span>
  );
}
