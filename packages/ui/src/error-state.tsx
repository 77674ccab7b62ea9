import { RotateCw, Unplug } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { cx } from "./cx.ts";

export type ErrorStateProps = {
  title: ReactNode;
  /** What happened and what to do. */
  text?: ReactNode;
  retryLabel?: string | undefined;
  onRetry?: (() => void) | undefined;
  retrying?: boolean | undefined;
  /** Such as the request's id, to give to whoever helps. */
  detail?: ReactNode;
  className?: string | undefined;
};

/** A region that could not be shown, with the way out. */
export function ErrorState({
  title,
  text,
  retryLabel,
  onRetry,
  retrying,
  detail,
  className,
}: ErrorStateProps) {
  return (
    <div role="alert" className={cx("grid grow place-items-center px-6 py-10", className)}>
      <div className="flex w-full max-w-md flex-col items-center text-center">
        <span className="mb-4 grid size-10 place-items-center rounded-full bg-surface-3 text-text-2">
          <Unplug aria-hidden="true" className="size-5" />
        </span>
        <h2 className="text-16 font-semibold text-balance">{title}</h2>
        {text ? <p className="mt-1 text-14 text-balance text-text-2">{text}</p> : null}
        {onRetry && retryLabel ? (
          <Button className="mt-5" icon={<RotateCw />} busy={retrying} onClick={onRetry}>
            {retryLabel}
          </Button>
        ) : null}
        {detail ? (
          <p className="mt-5 font-mono text-12 text-text-3 select-all [overflow-wrap:anywhere]">{detail}</p>
        ) : null}
      </div>
    </div>
  );
}
