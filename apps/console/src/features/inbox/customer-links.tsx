import { cx, Tooltip } from "@okno/ui";
import { Link } from "@tanstack/react-router";
import { PhoneIncoming, Users } from "lucide-react";
import { openCreate } from "../../shared/contacts/create.ts";
import { KindLinks } from "./kind-links.tsx";
import { useT } from "./messages.ts";

const line =
  "flex h-8 w-full items-center gap-2.5 rounded-control px-2 text-14 text-text-2 transition-colors hover:bg-hover hover:text-text-1 pointer-coarse:h-11 [&_svg]:size-4 [&_svg]:shrink-0";

/** The customers, the sections of kinds, and the note of a call: at hand wherever the rail is. */
export function CustomerLinks({ spread }: { spread: boolean }) {
  const t = useT();
  const row = cx(line, !spread && "md:max-lg:justify-center md:max-lg:px-0");
  const words = cx("min-w-0 flex-1 truncate text-left", !spread && "md:max-lg:sr-only");
  return (
    <ul aria-label={t("customers")} className="flex flex-col gap-0.5">
      <li>
        <Tooltip text={t("customers")} shortcut="g k" side="right">
          <Link to="/contacts" className={row}>
            <Users aria-hidden="true" />
            <span className={words}>{t("customers")}</span>
          </Link>
        </Tooltip>
      </li>
      <KindLinks spread={spread} />
      <li>
        <Tooltip text={t("note.call")} shortcut="q" side="right">
          <button type="button" className={row} onClick={() => openCreate({ what: "note" })}>
            <PhoneIncoming aria-hidden="true" />
            <span className={words}>{t("note.call")}</span>
          </button>
        </Tooltip>
      </li>
    </ul>
  );
}
