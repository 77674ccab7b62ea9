import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export type TooManyNoteProps = {
  /** That there is more than is shown or counted, and how to narrow it down. */
  children: ReactNode;
  /** A small button that narrows it down. */
  action?: ReactNode;
  className?: string | undefined;
};

/** More than anybody reads: stands under a count or at the end of a list that was cut. */
export function TooManyNote({ children, action, className }: TooManyNoteProps) {
  return (
    <span className={cx("flex flex-wrap items-center gap-x-2 text-12 text-text-3", className)}>
      <span className="min-w-0">{children}</span>
      {action}
    </span>
  );
}
