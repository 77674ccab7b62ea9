import { Banner, Button } from "@okno/ui";
import { SquarePen } from "lucide-react";
import { actorName } from "./describe-event.ts";
import { BodyText } from "./message-item.tsx";
import { useT } from "./messages.ts";
import { type Outgoing, sendAnyway } from "./outbox.ts";

/** The reply guard: what was written meanwhile, and the author's choice. */
export function MovedOn({ entry, onEdit }: { entry: Outgoing; onEdit: (entry: Outgoing) => void }) {
  const t = useT();
  return (
    <div role="alert" data-testid="moved-on" className="max-h-[40dvh] overflow-y-auto">
      <Banner tone="soon" title={t("moved.title")}>
        <p>{t("moved.text")}</p>
        <ul className="mt-2 flex flex-col gap-2 border-l-2 border-line-strong pl-3">
          {(entry.newer ?? []).map((message) => (
            <li key={message.id}>
              <bdi className="text-12 font-semibold text-text-2">{actorName(message.author, { t })}</bdi>
              <BodyText text={message.body} />
            </li>
          ))}
        </ul>
        <p className="mt-3 text-12 font-semibold text-text-2">{t("typed.yours")}</p>
        <BodyText text={entry.body} />
        <div className="mt-3 flex flex-wrap gap-2">
          <Button size="sm" onClick={() => void sendAnyway(entry)}>
            {t("moved.anyway")}
          </Button>
          <Button size="sm" variant="ghost" icon={<SquarePen />} onClick={() => onEdit(entry)}>
            {t("out.edit")}
          </Button>
        </div>
      </Banner>
    </div>
  );
}
