import type { TicketEvent } from "@okno/contract";
import { useState } from "react";
import { useMembers, useTeams, useTopics } from "../../shared/directory/directory.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useKindEvent } from "../../shared/kinds/kinds.ts";
import { describeEvent } from "./describe-event.ts";
import { Time } from "./message-item.tsx";
import { useT } from "./messages.ts";

type Line = { key: string; text: string; at: string };

/** What happened between two messages: the newest line, or all of them. */
export function HistoryItem({ events, open }: { events: readonly TicketEvent[]; open: boolean }) {
  const t = useT();
  const locale = useLocale();
  const members = useMembers();
  const topics = useTopics();
  const teams = useTeams();
  const ofKind = useKindEvent();
  const [unfolded, setUnfolded] = useState(false);
  const lines = events.flatMap((event): Line[] =>
    describeEvent(event, { t, locale, members, topics, teams, ofKind }).map((text, index) => ({
      key: `${event.seq}.${index}`,
      text,
      at: event.at,
    })),
  );
  const all = open || unfolded;
  const shown = all ? lines : lines.slice(-1);
  const hidden = lines.length - shown.length;
  return (
    <ul className="mt-4 flex flex-col gap-1 text-13 text-text-3 md:pl-11">
      {shown.map((line) => (
        <li key={line.key} className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="min-w-0 [overflow-wrap:anywhere]">{line.text}</bdi>
          <Time at={line.at} />
          {hidden > 0 ? (
            <button
              type="button"
              onClick={() => setUnfolded(true)}
              className="rounded-[4px] text-12 font-medium text-text-2 underline-offset-2 hover:underline"
            >
              {t("history.more", { count: hidden })}
            </button>
          ) : null}
        </li>
      ))}
      {unfolded && !open && lines.length > 1 ? (
        <li>
          <button
            type="button"
            onClick={() => setUnfolded(false)}
            className="rounded-[4px] text-12 font-medium text-text-2 underline-offset-2 hover:underline"
          >
            {t("history.less")}
          </button>
        </li>
      ) : null}
    </ul>
  );
}
