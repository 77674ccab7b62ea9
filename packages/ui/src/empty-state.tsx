import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export type EmptyStateProps = {
  /** A picture (WindowArt) or an icon. */
  art?: ReactNode;
  title: ReactNode;
  text?: ReactNode;
  action?: ReactNode;
  /** What was done today, what comes next. */
  children?: ReactNode;
  className?: string | undefined;
};

/** Nothing here, and that is fine. */
export function EmptyState({ art, title, text, action, children, className }: EmptyStateProps) {
  return (
    <div className={cx("grid grow place-items-center px-6 py-10", className)}>
      <div className="flex w-full max-w-md flex-col items-center text-center">
        {art ? (
          <div className="mb-6 flex w-full justify-center text-text-3 [&>svg.lucide]:size-6">{art}</div>
        ) : null}
        <h2 className="text-20 font-semibold text-balance">{title}</h2>
        {text ? <p className="mt-2 text-14 text-balance text-text-2">{text}</p> : null}
        {children ? <div className="mt-6 w-full">{children}</div> : null}
        {action ? <div className="mt-6 flex flex-wrap justify-center gap-2">{action}</div> : null}
      </div>
    </div>
  );
}
