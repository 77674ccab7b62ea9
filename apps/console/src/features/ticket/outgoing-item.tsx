import { Button, Spinner } from "@okno/ui";
import { CircleAlert, RotateCw, SquarePen } from "lucide-react";
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
    <article data-testid="outgoing" data-state={entry.state} aria-label={member.name}>
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
        <div role="alert" className="mt-2 flex flex-wrap items-center gap-2 text-13 text-late md:pl-11">
          <CircleAlert aria-hidden="true" className="size-4 shrink-0" />
          <span className="min-w-0">{t("out.failed", { why: entry.why ?? "" })}</span>
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
