import { Button, cx, Spinner } from "@okno/ui";
import { CircleAlert, CloudOff, RotateCw, SquarePen } from "lucide-react";
import { useMe } from "../../shared/session/session.ts";
import { Attachments, BodyText, MessageFrame } from "./message-item.tsx";
import { useT } from "./messages.ts";
import { type Outgoing, send } from "./outbox.ts";

/** A message on its way, or one that did not get through: with what can be done about it. */
export function OutgoingItem({ entry, onEdit }: { entry: Outgoing; onEdit: (entry: Outgoing) => void }) {
  const t = useT();
  const { member } = useMe();
  if (entry.state === "moved_on") return null;
  return (
    <article data-testid="outgoing" data-state={entry.state} aria-label={member.name} className="mt-5">
      <MessageFrame
        name={member.name}
        seed={member.id}
        joined={false}
        look={entry.visibility === "internal" ? "note" : "us"}
        head={
          entry.state === "sending" ? (
            <span className="inline-flex animate-late items-center gap-1.5 text-12 text-text-3">
              <Spinner size="sm" />
              {t("out.sending")}
            </span>
          ) : null
        }
      >
        <BodyText text={entry.body} />
        <Attachments files={entry.attachments} />
      </MessageFrame>
      {entry.state === "failed" ? (
        <div
          role={entry.unreached ? "status" : "alert"}
          className={cx(
            "mt-2 flex flex-wrap items-center gap-2 text-13 md:pl-11",
            entry.unreached ? "text-text-2" : "text-late",
          )}
        >
          {entry.unreached ? (
            <CloudOff aria-hidden="true" className="size-4 shrink-0 text-soon" />
          ) : (
            <CircleAlert aria-hidden="true" className="size-4 shrink-0" />
          )}
          <span className="min-w-0">
            {entry.unreached ? t("out.waiting") : t("out.failed", { why: entry.why ?? "" })}
          </span>
          <Button size="sm" icon={<RotateCw />} onClick={() => void send(entry)}>
            {t("out.retry")}
          </Button>
          <Button size="sm" variant="ghost" icon={<SquarePen />} onClick={() => onEdit(entry)}>
            {t("out.edit")}
          </Button>
        </div>
      ) : null}
    </article>
  );
}
