import { cx, Kbd, Tooltip } from "@okno/ui";
import { Search } from "lucide-react";
import { runCommand } from "../../shared/keys/use-commands.ts";
import { useT } from "./messages.ts";

/** The palette by hand, and the place that tells its key. */
export function FindButton({ spread }: { spread: boolean }) {
  const t = useT();
  const narrow = !spread && "md:max-lg:sr-only";
  return (
    <Tooltip text={t("find")} shortcut="mod+k" side="right">
      <button
        type="button"
        onClick={() => runCommand("palette")}
        className={cx(
          "flex h-8 shrink-0 items-center gap-2.5 rounded-control border bg-surface-1 px-2 text-14 text-text-3 transition-colors hover:text-text-1 pointer-coarse:h-11 [&_svg]:size-4 [&_svg]:shrink-0",
          !spread && "md:max-lg:justify-center md:max-lg:border-transparent md:max-lg:bg-transparent",
        )}
      >
        <Search aria-hidden="true" />
        <span className={cx("min-w-0 flex-1 truncate text-left", narrow)}>{t("find")}</span>
        <Kbd keys="mod+k" className={cx("pointer-coarse:hidden", !spread && "md:max-lg:hidden")} />
      </button>
    </Tooltip>
  );
}
