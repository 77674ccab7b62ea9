import { cx } from "@okno/ui";
import { PenLine } from "lucide-react";
import { useAnnounced } from "../announce/announce.ts";
import { useT } from "./messages.ts";
import { useSeenAt } from "./store.ts";

const chip =
  "flex min-w-0 items-center gap-1.5 rounded-full px-2.5 py-1 text-12 font-medium [&_svg]:size-3.5 [&_svg]:shrink-0";

/**
 * Over the field where a reply is written: a colleague is already writing one, or the customer is typing. It warns and hinders nothing;
 * it floats, so that nothing moves when it comes and goes. The parent must be `relative`.
 */
export function WritingNotice({ ticket }: { ticket: string }) {
  const t = useT();
  const typing = useSeenAt(ticket).filter(({ doing }) => doing === "typing");
  const colleagues = typing.filter(({ who }) => who.kind === "member");
  const contact = typing.find(({ who }) => who.kind === "contact");
  const [first] = colleagues;
  const already =
    first &&
    (colleagues.length === 1
      ? t("typing.already", { name: first.who.name })
      : t("typing.already.many", { name: first.who.name, count: colleagues.length - 1 }));
  const types = contact && t("contact.typing", { name: contact.who.name || t("contact.unnamed") });
  useAnnounced(already ?? types ?? "");
  return (
    <div
      data-testid="writing-notice"
      className="pointer-events-none absolute inset-x-0 bottom-full z-10 mb-1.5 flex flex-wrap gap-1.5 px-2"
    >
      {already ? (
        <span className={cx(chip, "bg-soon-soft text-text-1")}>
          <PenLine aria-hidden="true" className="text-soon" />
          <bdi className="truncate">{already}</bdi>
        </span>
      ) : null}
      {contact ? (
        <span className={cx(chip, "bg-surface-3 text-text-2")} data-testid="contact-typing">
          <bdi className="truncate">{types}</bdi>
        </span>
      ) : null}
    </div>
  );
}
