import { cx } from "./cx.ts";

export type ProgressBarProps = {
  label: string;
  /** 0…1; without it the bar runs, for work of unknown length. */
  value?: number | undefined;
  className?: string | undefined;
};

/** A thin line that fills. */
export function ProgressBar({ label, value, className }: ProgressBarProps) {
  const percent = value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={cx("h-1 w-full overflow-hidden rounded-full bg-surface-3", className)}
    >
      {percent === undefined ? (
        <div className="h-full w-1/3 animate-run rounded-full bg-accent" />
      ) : (
        <div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${percent}%` }} />
      )}
    </div>
  );
}
