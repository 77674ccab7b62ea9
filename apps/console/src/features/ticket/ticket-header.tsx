import type { Ticket } from "@okno/contract";
import { IconButton, Tag } from "@okno/ui";
import { ArrowLeft, History, PanelRight } from "lucide-react";
import type { ReactNode } from "react";
import { topicPath, useLabels, useTopics } from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { TicketGlyph } from "../../shared/kinds/ticket-glyph.tsx";
import { HeaderFaces } from "../../shared/presence/faces.tsx";
import { useT } from "./messages.ts";
import { StateBadge } from "./state-badge.tsx";

type Props = {
  ticket: Ticket;
  onBack: () => void;
  showHistory: boolean;
  onHistory: (next: boolean) => void;
  detailsOpen: boolean;
  onDetails: () => void;
  bar: ReactNode;
};

function Facts({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const topics = useTopics();
  const labels = useLabels();
  const topic = topicPath(topics, ticket.topic);
  const hue = (name: string) =>
    labels.find((label) => label.project === ticket.project && label.name === name)?.hue;
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-x-2.5 gap-y-1.5 text-13 text-text-3">
      <StateBadge ticket={ticket} />
      <span className="flex items-center gap-1.5 tabular-nums">
        <TicketGlyph ticket={ticket} className="size-3.5" />
        {t("number", { number: ticket.number })}
      </span>
      <bdi className={ticket.assignee ? "text-text-2" : ""}>{ticket.assignee?.name ?? t("unassigned")}</bdi>
      {topic ? <bdi className="min-w-0 truncate max-md:hidden">{topic}</bdi> : null}
      {ticket.labels.map((name) => {
        const known = hue(name);
        return (
          <Tag key={name} className="max-md:hidden" {...(known && { hue: hueOfLabel(known) })}>
            {name}
          </Tag>
        );
      })}
      {ticket.outcome ? (
        <bdi className="max-md:hidden">{t("outcome", { outcome: ticket.outcome })}</bdi>
      ) : null}
    </div>
  );
}

/** What the ticket is about, where it stands, and what can be done. */
export function TicketHeader({ ticket, onBack, showHistory, onHistory, detailsOpen, onDetails, bar }: Props) {
  const t = useT();
  return (
    <header className="@container relative border-b">
      <HeaderFaces ticket={ticket.id} />
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 gap-y-2.5 py-3 pr-3 pl-4 md:pl-6 @4xl:grid-cols-[minmax(0,1fr)_auto_auto]">
        <div className="flex min-w-0 items-start gap-1">
          <IconButton
            className="-mt-0.5 -ml-2 md:hidden"
            label={t("back")}
            icon={<ArrowLeft />}
            onClick={onBack}
          />
          <div className="min-w-0 flex-1">
            <h2
              dir="auto"
              className="line-clamp-2 text-16 font-semibold text-pretty [overflow-wrap:anywhere]"
              title={ticket.subject}
            >
              {ticket.subject}
            </h2>
            <Facts ticket={ticket} />
          </div>
        </div>
        <div className="-mt-1 flex items-center gap-0.5 @4xl:order-last @4xl:mt-0">
          <IconButton
            label={t("history")}
            shortcut="shift+h"
            icon={<History />}
            pressed={showHistory}
            onClick={() => onHistory(!showHistory)}
            className="max-md:hidden"
          />
          <IconButton
            label={t("details")}
            shortcut="i"
            icon={<PanelRight />}
            pressed={detailsOpen}
            onClick={onDetails}
          />
        </div>
        {bar ? <div className="col-span-2 min-w-0 overflow-x-auto @4xl:col-span-1">{bar}</div> : null}
      </div>
    </header>
  );
}
