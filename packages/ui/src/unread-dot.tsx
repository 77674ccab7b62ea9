import { cx } from "./cx.ts";

/** A small accent dot; the label is read out. */
export function UnreadDot({ label, className }: { label: string; className?: string | undefined }) {
  return (
    <span className={cx("inline-block size-2 shrink-0 rounded-full bg-accent", className)}>
      <span className="sr-only">{label}</span>
    </span>
  );
}
