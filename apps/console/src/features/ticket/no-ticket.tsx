import { EmptyState } from "@okno/ui";
import { Inbox } from "lucide-react";
import { useT } from "./messages.ts";

/** No ticket in hand: quiet words beside the list. */
export function NoTicket() {
  const t = useT();
  return (
    <section aria-label={t("region.none")} className="flex h-full">
      <EmptyState art={<Inbox aria-hidden="true" />} title={t("none.title")} text={t("none.text")} />
    </section>
  );
}
