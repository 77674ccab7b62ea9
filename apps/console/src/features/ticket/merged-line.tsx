import type { Ticket } from "@okno/contract";
import { Banner, Button } from "@okno/ui";
import { useEffect, useEffectEvent, useState } from "react";
import { fetchDraft, saveDraft } from "../../shared/drafts/draft-store.ts";
import { forgetLanding, landingOf, noteLanding, unmerge } from "./merging.ts";
import { useT } from "./merging-messages.ts";
import { useOpenTicket } from "./use-open-ticket.ts";

/** A merged ticket has nothing left to show: its view leads to the one that has it all. */
export function useLanding(ticket: Ticket | undefined): boolean {
  const open = useOpenTicket();
  const into = ticket?.mergedInto ?? undefined;
  const go = useEffectEvent((to: string) => {
    if (!ticket) return;
    noteLanding(to, { id: ticket.id, number: ticket.number });
    // What was typed a moment ago has to be with the server before the survivor is asked for it.
    void saveDraft(ticket.id).then(() => fetchDraft(to));
    open(to);
  });
  useEffect(() => {
    if (into) go(into);
  }, [into]);
  return into !== undefined;
}

/** For whoever opened a ticket that was merged into this one. */
export function MergedLine({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const open = useOpenTicket();
  const [from, setFrom] = useState(() => landingOf(ticket.id));
  if (!from) return null;
  const close = () => {
    forgetLanding(ticket.id);
    setFrom(undefined);
  };
  return (
    <div data-testid="merged-line" className="mx-auto w-full max-w-4xl px-3 pt-3 md:px-6">
      <Banner
        tone="info"
        title={t("landed.title", { number: from.number })}
        closeLabel={t("close")}
        onClose={close}
        action={
          <Button size="sm" onClick={() => void unmerge(from.id, open)}>
            {t("unmerge")}
          </Button>
        }
      >
        {t("landed.text", { number: from.number })}
      </Banner>
    </div>
  );
}
