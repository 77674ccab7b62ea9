import { cx, Tooltip } from "@okno/ui";
import { Link } from "@tanstack/react-router";
import { useKindSections } from "../../shared/kinds/sections.ts";
import { RowName, rowClass } from "./rail-row.tsx";

/** The sections that kinds bring, such as the payouts: at hand wherever the rail is. */
export function KindLinks({ spread }: { spread: boolean }) {
  return useKindSections().map(({ id, path, title, keys, Icon }) => (
    <li key={id}>
      <Tooltip text={title} shortcut={keys} side="right">
        <Link
          to="/$section"
          params={{ section: path }}
          className={cx(rowClass, "w-full", !spread && "md:max-lg:justify-center md:max-lg:px-0")}
        >
          <Icon />
          <RowName spread={spread}>{title}</RowName>
        </Link>
      </Tooltip>
    </li>
  ));
}
