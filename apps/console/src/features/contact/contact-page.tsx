import { OknoError } from "@okno/sdk";
import { Button, NoAccessState } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { ArrowLeft, SquarePen } from "lucide-react";
import { queryClient } from "../../shared/api/query-client.ts";
import { ContactCard } from "../../shared/contacts/card.tsx";
import { openCreate } from "../../shared/contacts/create.ts";
import { History } from "../../shared/contacts/history.tsx";
import { useT as useCardT } from "../../shared/contacts/messages.ts";
import { contactHistoryQuery, contactQuery } from "../../shared/contacts/queries.ts";
import { usePageTitle } from "../../shared/layout/page-title.ts";
import { useLiveEvents } from "../../shared/live/live.ts";
import { useT } from "./messages.ts";

/** What the customer writes while the card is open is seen at once. */
function useContactLive(id: string): void {
  useLiveEvents(({ current }) => {
    if (current?.contact?.id !== id) return;
    void queryClient.invalidateQueries({ queryKey: contactHistoryQuery(id).queryKey });
    void queryClient.invalidateQueries({ queryKey: contactQuery(id).queryKey });
  });
}

/** One customer, whole: who it is, how to reach them, everything they have asked. */
export function ContactPage() {
  const t = useT();
  const card = useCardT();
  const { contact: asked = "" } = useParams({ strict: false });
  const { data, error } = useQuery(contactQuery(asked));
  const id = data?.id ?? asked;
  useContactLive(id);
  const name = data?.name ?? t("unnamed");
  usePageTitle(data ? name : "");
  const missing = error instanceof OknoError && error.status === 404;
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-4xl flex-col gap-5 px-4 py-4 md:px-8 md:py-6">
        <nav className="flex items-center justify-between gap-2">
          <Link
            to="/contacts"
            className="-ml-2 flex h-control items-center gap-2 rounded-control px-2 text-14 whitespace-nowrap text-text-2 hover:bg-hover hover:text-text-1 [&_svg]:size-4"
          >
            <ArrowLeft aria-hidden="true" />
            {t("back.list")}
          </Link>
          {data ? (
            <Button
              icon={<SquarePen />}
              onClick={() => openCreate({ what: "ticket", contact: { id, name } })}
            >
              {card("new.ticket")}
            </Button>
          ) : null}
        </nav>
        {missing ? (
          <NoAccessState title={card("missing.title")} text={card("missing.text")} />
        ) : (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-8 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
            <ContactCard id={asked} heading="title" />
            <section aria-labelledby="contact-history">
              <h2 id="contact-history" className="mb-2 text-14 font-semibold">
                {t("history")}
              </h2>
              {data ? <History contact={id} /> : null}
            </section>
          </div>
        )}
      </div>
    </main>
  );
}
