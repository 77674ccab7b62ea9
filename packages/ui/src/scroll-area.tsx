import type { ComponentProps } from "react";
import { cx } from "./cx.ts";

export type ScrollAreaProps = ComponentProps<"section"> & { /** Names the region. */ label: string };

/** A region that scrolls by itself and can be reached by keyboard; keeps the native scroll bar, thin. */
export function ScrollArea({ label, className, ...rest }: ScrollAreaProps) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      {...rest}
      className={cx(
        "min-h-0 overflow-y-auto overscroll-contain [scrollbar-width:thin] focus-visible:-outline-offset-2",
        className,
      )}
    />
  );
}
