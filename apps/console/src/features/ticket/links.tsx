import type { Ticket, TicketLink } from "@okno/contract";
import { cx, IconButton } from "@okno/ui";
import { Link } from "@tanstack/react-router";
import { Plus, Unlink } from "lucide-react";
import { useState } from "react";
import { LinkDialog } from "./link-dialog.tsx";
import { useLinks } from "./together.ts";
import { useT } from "./together-messages.ts";

const dot = { open: "bg-accent", waiting: "bg-line-strong", done: "bg-good" } as const;
const order = ["child_of", "parent_of", "duplicate_of", "duplicated_by", "related"] as const;

function LinkedTicket({ link, onRemove }: { link: TicketLink; onRemove: () => void }) {
  const t = useT();
  const { other } = link;
  return (
    <li className="flex items-center gap-1">
      <Link
        to="/tickets/$ticket"
        params={{ ticket: other.id }}
        className="-ml-2 flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded-control px-2 text-13 hover:bg-hover"
      >
        <span aria-hidden="true" className={cx("size-1.5 shrink-0 rounded-full", dot[other.phase])} />
        <span className="text-text-3 tabular-nums">{other.number}</span>
        <bdi className={cx("min-w-0 flex-1 truncate", other.phase === "done" && "text-text-2")}>
          {other.subject}
        </bdi>
        <span className="shrink-0 text-12 text-text-3">{t(`phase.${other.phase}`)}</span>
      </Link>
      <IconButton
        size="sm"
        label={t("link.remove", { number: other.number })}
        icon={<Unlink />}
        onClick={onRemove}
      />
    </li>
  );
}

/** In the card: the tickets that belong together with this one. Those the reader may not see are not there. */
export function Links({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const { links = [], link, unlink } = useLinks(ticket.id);
  const [open, setOpen] = useState(false);
  return (
    <section aria-label={t("links")} data-testid="links">
      <div className="flex min-h-7 items-center justify-between gap-2">
        <h3 className="text-12 font-semibold text-text-3">{t("links")}</h3>
        <IconButton
          size="sm"
          label={t("link.key")}
          shortcut="shift+l"
          icon={<Plus />}
          onClick={() => setOpen(true)}
        />
      </div>
      {order.map((relation) => {
        const group = links.filter((each) => each.relation === relation);
        if (group.length === 0) return null;
        return (
          <div key={relation}>
            <h4 className="mt-1 text-12 text-text-3">{t(`group.${relation}`)}</h4>
            <ul className="flex flex-col">
              {group.map((each) => (
                <LinkedTicket key={each.other.id} link={each} onRemove={() => void unlink(each)} />
              ))}
            </ul>
          </div>
        );
      })}
      {open ? <LinkDialog ticket={ticket} onClose={() => setOpen(false)} onLink={link} /> : null}
    </section>
  );
}
