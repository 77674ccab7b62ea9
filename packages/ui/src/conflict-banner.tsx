import { GitCompareArrows } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export type ConflictBannerProps = {
  /** That somebody else was faster. */
  title: ReactNode;
  /** That the reader's own work is kept. */
  text?: ReactNode;
  /** What the other has written, and what the reader has. */
  children?: ReactNode;
  /** Small buttons: the choice is the reader's. */
  actions?: ReactNode;
  className?: string | undefined;
};

/** Two people changed the same thing. Shows both, loses neither, decides nothing; said at once. */
export function ConflictBanner({ title, text, children, actions, className }: ConflictBannerProps) {
  return (
    <div
      role="alert"
      className={cx(
        "flex items-start gap-3 rounded-panel bg-soon-soft px-4 py-3 text-14 text-text-1",
        className,
      )}
    >
      <GitCompareArrows aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-soon" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {text ? <p className="text-text-2">{text}</p> : null}
        {children ? <div className="mt-2">{children}</div> : null}
        {actions ? <div className="mt-3 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
