import { Button, ConflictBanner } from "@okno/ui";
import { SquarePen, Trash2 } from "lucide-react";
import { useComposeT } from "./compose-messages.ts";
import { actorName } from "./describe-event.ts";
import { BodyText } from "./message-item.tsx";
import { useT } from "./messages.ts";
import type { Outgoing } from "./outbox.ts";

type Props = {
  entry: Outgoing;
  onAnyway: (entry: Outgoing) => void;
  onEdit: (entry: Outgoing) => void;
  onDiscard: (entry: Outgoing) => void;
};

/** The reply guard: what was written meanwhile, and the author's choice. */
export function MovedOn({ entry, onAnyway, onEdit, onDiscard }: Props) {
  const t = useT();
  const compose = useComposeT();
  return (
    <div data-testid="moved-on" className="max-h-[40dvh] overflow-y-auto">
      <ConflictBanner
        title={t("moved.title")}
        text={t("moved.text")}
        actions={
          <>
            <Button size="sm" onClick={() => onAnyway(entry)}>
              {t("moved.anyway")}
            </Button>
            <Button size="sm" variant="ghost" icon={<SquarePen />} onClick={() => onEdit(entry)}>
              {t("out.edit")}
            </Button>
            <Button size="sm" variant="ghost" icon={<Trash2 />} onClick={() => onDiscard(entry)}>
              {compose("discard")}
            </Button>
          </>
        }
      >
        <ul className="flex flex-col gap-2 border-l-2 border-line-strong pl-3">
          {(entry.newer ?? []).map((message) => (
            <li key={message.id}>
              <bdi className="text-12 font-semibold text-text-2">{actorName(message.author, { t })}</bdi>
              <BodyText text={message.body} />
            </li>
          ))}
        </ul>
        <p className="mt-3 text-12 font-semibold text-text-2">{t("typed.yours")}</p>
        <BodyText text={entry.body} />
      </ConflictBanner>
    </div>
  );
}
