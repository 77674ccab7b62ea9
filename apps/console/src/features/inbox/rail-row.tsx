import { cx, IconButton, Tooltip } from "@okno/ui";
import { ChevronDown, ChevronRight } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useKept } from "../../shared/layout/use-kept.ts";
import { useT } from "./messages.ts";

export const rowClass =
  "relative flex h-8 shrink-0 items-center gap-2.5 rounded-control px-2 text-14 text-text-2 transition-colors hover:bg-hover hover:text-text-1 pointer-coarse:h-11 [&_svg]:size-4 [&_svg]:shrink-0 aria-[current]:bg-selected aria-[current]:font-medium aria-[current]:text-text-1 aria-[current]:[&_svg]:text-accent";

type CountProps = { value: number | undefined; more?: boolean; quiet: boolean; spread: boolean };

/** A number at the end of a row; nothing for none. */
export function Count({ value, more = false, quiet, spread }: CountProps) {
  const t = useT();
  const locale = useLocale();
  if (!value && !more) return null;
  const text = new Intl.NumberFormat(locale, (value ?? 0) < 10_000 ? {} : { notation: "compact" }).format(
    value ?? 0,
  );
  return (
    <span
      className={cx(
        "text-12 tabular-nums",
        quiet ? "text-text-3" : "font-medium text-text-2",
        spread ? "" : "md:max-lg:hidden",
      )}
    >
      {more ? t("count.more", { count: text }) : text}
    </span>
  );
}

/** A row's name beside its icon; for the strip of icons it is read only. */
export function RowName({ children, spread }: { children: ReactNode; spread: boolean }) {
  return <bdi className={cx("min-w-0 flex-1 truncate", !spread && "md:max-lg:sr-only")}>{children}</bdi>;
}

export function RowTip({
  name,
  shortcut,
  children,
}: {
  name: string;
  shortcut?: string | undefined;
  children: ReactElement;
}) {
  return (
    <Tooltip text={name} shortcut={shortcut} side="right">
      {children}
    </Tooltip>
  );
}

type SectionProps = { id: string; name: string; action?: ReactNode; spread: boolean; children: ReactNode };

/** Rows under a heading that folds them away. */
export function RailSection({ id, name, action, spread, children }: SectionProps) {
  const t = useT();
  const [folded, setFolded] = useKept(`okno.rail.${id}`, false);
  return (
    <section className="flex shrink-0 flex-col gap-0.5">
      <header className={cx("flex h-7 items-center gap-1 pl-2", !spread && "md:max-lg:hidden")}>
        <h2 className="min-w-0 flex-1 truncate text-12 font-medium text-text-3">{name}</h2>
        {action}
        <IconButton
          size="sm"
          label={t(folded ? "rail.expand" : "rail.collapse", { name })}
          icon={folded ? <ChevronRight /> : <ChevronDown />}
          aria-expanded={!folded}
          onClick={() => setFolded(!folded)}
        />
      </header>
      {folded ? null : (
        <ul aria-label={name} className="flex flex-col gap-0.5">
          {children}
        </ul>
      )}
    </section>
  );
}
