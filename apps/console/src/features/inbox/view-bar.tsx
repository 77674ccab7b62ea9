import { cx } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ellipsis } from "lucide-react";
import type { BuiltInView, Filters, View } from "../../shared/tickets/filters.ts";
import { countsQuery } from "../../shared/tickets/queries.ts";
import { useT } from "./messages.ts";
import { countOf } from "./view-count.ts";
import { viewIcons } from "./views.tsx";

const shown = ["mine", "unassigned", "waiting", "completed"] as const satisfies BuiltInView[];

const cell =
  "flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 px-1 text-12 text-text-2 aria-[current]:text-accent aria-[current]:font-medium [&_svg]:size-5";

/** On a phone the views lie under the thumb. */
export function ViewBar({ view, filters, onMore }: { view: View; filters: Filters; onMore: () => void }) {
  const t = useT();
  const { data: counts } = useQuery(countsQuery(filters.project));
  return (
    <nav
      aria-label={t("views")}
      className="flex border-t bg-surface-2 pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {shown.map((each) => {
        const count = each === "completed" ? 0 : (countOf(counts, each) ?? 0);
        return (
          <Link
            key={each}
            to="/inbox/$view"
            params={{ view: each }}
            search={filters.project ? { project: filters.project } : {}}
            aria-current={each === view ? "page" : undefined}
            className={cell}
          >
            <span className="relative flex">
              {viewIcons[each]}
              {count > 0 ? (
                <span className="absolute -top-1.5 left-3 rounded-full bg-accent px-1 text-12 leading-4 font-medium text-on-accent tabular-nums">
                  {count > 99 ? "99+" : count}
                </span>
              ) : null}
            </span>
            <span className="max-w-full truncate">{t(`short.${each}`)}</span>
          </Link>
        );
      })}
      <button type="button" onClick={onMore} className={cx(cell)}>
        <Ellipsis aria-hidden="true" />
        <span className="max-w-full truncate">{t("other")}</span>
      </button>
    </nav>
  );
}
