import type { Confirmation } from "@okno/contract";
import { Badge, Button, cx, formatDateTime } from "@okno/ui";
import { BadgeCheck, Ban, Clock, Eye, Undo2 } from "lucide-react";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { ConfirmationAnswer } from "./confirmation-answer.tsx";
import { useT } from "./confirmation-messages.ts";
import { actorName } from "./describe-event.ts";
import { Time } from "./message-item.tsx";
import { useT as useTicketT } from "./messages.ts";

const looks = {
  pending: { tone: "info", icon: <Clock /> },
  opened: { tone: "info", icon: <Eye /> },
  confirmed: { tone: "good", icon: <BadgeCheck /> },
  refused: { tone: "late", icon: <Ban /> },
  expired: { tone: "soon", icon: <Clock /> },
  revoked: { tone: "neutral", icon: <Undo2 /> },
  superseded: { tone: "neutral", icon: <Undo2 /> },
} as const;

/** Nobody has to wait for the server to say that the time is over. */
function standingOf({ status, openedAt, expiresAt }: Confirmation): keyof typeof looks {
  if (status !== "pending") return status;
  if (expiresAt && Date.parse(expiresAt) <= Date.now()) return "expired";
  return openedAt ? "opened" : "pending";
}

const textOf = ({ subject }: Confirmation) =>
  typeof subject.snapshot.text === "string" ? subject.snapshot.text : "";

/** How it stands: until when it waits, or who has settled it. */
function Standing({ confirmation }: { confirmation: Confirmation }) {
  const t = useT();
  const ticketT = useTicketT();
  const locale = useLocale();
  const { status, settledBy, settledAt, expiresAt, needed, answers, delivery, address } = confirmation;
  const facts = [
    needed > 1 && t("count", { answers: String(answers), needed: String(needed) }),
    (status === "confirmed" || status === "refused") &&
      settledBy &&
      settledAt &&
      t(`settled.${status}`, {
        who: actorName(settledBy, { t: ticketT }),
        time: formatDateTime(new Date(settledAt), locale),
      }),
    status === "pending" && expiresAt && t("until", { time: formatDateTime(new Date(expiresAt), locale) }),
    address,
    delivery === "handed" && t("handed"),
  ].filter((fact): fact is string => typeof fact === "string" && fact !== "");
  if (facts.length === 0) return null;
  return (
    <p className="mt-2 flex flex-wrap gap-x-3 text-13 text-text-3 tabular-nums">
      {facts.map((fact) => (
        <bdi key={fact}>{fact}</bdi>
      ))}
    </p>
  );
}

type Props = { confirmation: Confirmation; ticket: string; onAgain: (text: string) => void };

/** In the story: what was asked to be confirmed, how it stands now, and what may be done about it. */
export function ConfirmationCard({ confirmation, ticket, onAgain }: Props) {
  const t = useT();
  const ticketT = useTicketT();
  const standing = standingOf(confirmation);
  const { tone, icon } = looks[standing];
  // The message that carries the question stands right above.
  const text = textOf(confirmation);
  const over = standing === "expired" || standing === "refused" || standing === "revoked";
  return (
    <article
      aria-label={`${t("region")}: ${t(`status.${standing}`)}`}
      data-testid="confirmation"
      className={cx(
        "mt-4 rounded-panel border border-line bg-surface-2 px-4 py-3 md:ml-11",
        standing === "superseded" && "opacity-75",
      )}
    >
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13 text-text-2">
        <Badge tone={tone} icon={icon}>
          {t(`status.${standing}`)}
        </Badge>
        <bdi className="min-w-0 [overflow-wrap:anywhere]">
          {t("asks", { who: actorName(confirmation.askedBy, { t: ticketT }) })}
        </bdi>
        <span className="text-text-3">{t(`by.${confirmation.method}`)}</span>
        <Time at={confirmation.createdAt} />
      </header>
      {text && confirmation.message === null ? (
        <p
          dir="auto"
          className="mt-2 text-message whitespace-pre-wrap [overflow-wrap:anywhere] [unicode-bidi:isolate]"
        >
          {text}
        </p>
      ) : null}
      <Standing confirmation={confirmation} />
      {confirmation.reason ? (
        <p dir="auto" className="mt-1 text-14 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {t("reason", { reason: confirmation.reason })}
        </p>
      ) : null}
      {standing === "pending" || standing === "opened" ? (
        <ConfirmationAnswer ticket={ticket} confirmation={confirmation} />
      ) : null}
      {over && text ? (
        <Button size="sm" variant="ghost" className="mt-2 -ml-2" onClick={() => onAgain(text)}>
          {t("again")}
        </Button>
      ) : null}
    </article>
  );
}
