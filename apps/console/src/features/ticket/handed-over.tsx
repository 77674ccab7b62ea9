import type { Message, Ticket, TicketEvent } from "@okno/contract";
import { Banner, Button } from "@okno/ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMe } from "../../shared/session/session.ts";
import { historyQuery, messagesQuery } from "../../shared/tickets/queries.ts";
import { useT } from "./together-messages.ts";

type HandOver = { event: TicketEvent; note: Message | undefined; toTeam: boolean };

/** The newest handing over to this reader that they have not acted upon since. */
export function handedOver(
  me: string,
  history: readonly TicketEvent[],
  messages: readonly Message[],
): HandOver | undefined {
  // Newest first: whatever the reader has done since settles it.
  for (const event of history) {
    if (event.actor.id === me) return undefined;
    if (event.type === "message.added" && event.actor.kind === "member") return undefined;
    if (event.type !== "ticket.transferred") continue;
    const { to, team, note } = event.data;
    const toTeam = team !== undefined && to === null;
    if (to !== me && !toTeam) return undefined;
    return { event, toTeam, note: messages.find((message) => message.id === note) };
  }
  return undefined;
}

/** Over the conversation: who has handed the ticket over, and what they wrote for its receiver. The first thing to be read. */
export function HandedOver({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const { member: me } = useMe();
  const history = useInfiniteQuery(historyQuery(ticket.id));
  const messages = useInfiniteQuery(messagesQuery(ticket.id));
  const [read, setRead] = useState(0);
  const handed = handedOver(
    me.id,
    history.data?.pages.flatMap((page) => page.data) ?? [],
    messages.data?.pages.flatMap((page) => page.data) ?? [],
  );
  if (!handed?.note || (ticket.assignee !== null && ticket.assignee.id !== me.id)) return null;
  const { seq } = handed.event;
  if (read === seq) return null;
  const name = handed.event.actor.name ?? "…";
  return (
    <div data-testid="handed-over" className="px-4 pt-3 md:px-6">
      <Banner
        title={<bdi>{t(handed.toTeam ? "handed.to.team" : "handed.to.me", { name })}</bdi>}
        action={
          <Button size="sm" variant="ghost" onClick={() => setRead(seq)}>
            {t("handed.read")}
          </Button>
        }
      >
        <p dir="auto" className="max-h-40 overflow-y-auto whitespace-pre-wrap [overflow-wrap:anywhere]">
          {handed.note.body}
        </p>
      </Banner>
    </div>
  );
}
