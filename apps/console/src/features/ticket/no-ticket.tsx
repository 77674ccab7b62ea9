import { EmptyState, RelativeTime } from "@okno/ui";
import { Link } from "@tanstack/react-router";
import { Inbox, SquarePen } from "lucide-react";
import { useBegunDrafts } from "../../shared/drafts/begun-drafts.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useComposeT } from "./compose-messages.ts";
import { useT } from "./messages.ts";

const shown = 6;

/** What the person has begun to write and not sent: one step from here. */
function BegunDrafts() {
  const t = useComposeT();
  const locale = useLocale();
  const begun = useBegunDrafts().slice(0, shown);
  if (begun.length === 0) return null;
  return (
    <nav aria-label={t("begun")} data-testid="begun-drafts" className="w-full max-w-md px-4 pb-10">
      <h3 className="mb-1 px-2 text-12 font-semibold text-text-3">{t("begun")}</h3>
      <ul className="flex flex-col">
        {begun.map(({ ticket, mode, preview, updatedAt }) => (
          <li key={ticket.id}>
            <Link
              to="/tickets/$ticket"
              params={{ ticket: ticket.id }}
              className="flex items-center gap-2.5 rounded-control px-2 py-1.5 text-13 hover:bg-hover"
            >
              <SquarePen aria-hidden="true" className="size-3.5 shrink-0 text-text-3" />
              <span className="min-w-0 flex-1">
                <bdi dir="auto" className="block truncate font-medium">
                  {ticket.subject}
                </bdi>
                <bdi dir="auto" className="block truncate text-text-3">
                  {mode === "note" ? `${t("begun.note")}: ` : ""}
                  {preview}
                </bdi>
              </span>
              <RelativeTime
                date={new Date(updatedAt)}
                locale={locale}
                className="shrink-0 text-12 text-text-3"
              />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** No ticket in hand: quiet words beside the list, and what was begun. */
export function NoTicket() {
  const t = useT();
  return (
    <section
      aria-label={t("region.none")}
      className="flex h-full flex-col items-center justify-center overflow-y-auto"
    >
      <EmptyState art={<Inbox aria-hidden="true" />} title={t("none.title")} text={t("none.text")} />
      <BegunDrafts />
    </section>
  );
}
