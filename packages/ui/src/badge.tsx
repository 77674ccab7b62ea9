import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { TONE_SOFT, type Tone } from "./tone.ts";

export type BadgeProps = {
  tone?: Tone | undefined;
  icon?: ReactNode;
  className?: string | undefined;
  children: ReactNode;
};

/** A state in one or two words, or a count. */
export function Badge({ tone = "neutral", icon, className, children }: BadgeProps) {
  return (
    <span
      className={cx(
        "inline-flex h-5 max-w-full shrink-0 items-center gap-1 rounded-[4px] px-1.5 text-12 font-medium tabular-nums [&_svg]:size-3",
        TONE_SOFT[tone],
        className,
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
