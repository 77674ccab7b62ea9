import { X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { type Hue, hueOf } from "./hue.ts";

export type TagProps = {
  children: string;
  /** Without it the text decides. */
  hue?: Hue | undefined;
  icon?: ReactNode;
  /** Makes it removable; the label names what is removed. */
  onRemove?: (() => void) | undefined;
  removeLabel?: string | undefined;
  className?: string | undefined;
};

/** A label: a dot of its hue and its name. */
export function Tag({ children, hue, icon, onRemove, removeLabel, className }: TagProps) {
  return (
    <span
      className={cx(
        "inline-flex h-6 min-w-0 max-w-full items-center gap-1.5 rounded-full border px-2 text-12 font-medium text-text-2",
        className,
      )}
    >
      {icon ?? <span data-hue={hue ?? hueOf(children)} className="hue-dot size-2 shrink-0 rounded-full" />}
      <span className="truncate">{children}</span>
      {onRemove ? (
        <button
          type="button"
          aria-label={removeLabel}
          onClick={onRemove}
          className="target -mr-2 grid size-6 shrink-0 place-items-center rounded-full text-text-3 transition-colors hover:text-text-1"
        >
          <X aria-hidden="true" className="size-3" />
        </button>
      ) : null}
    </span>
  );
}
