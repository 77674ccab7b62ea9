import { cx } from "./cx.ts";

export type SpinnerProps = {
  /** Read out by screen readers; without it the spinner is decoration and its owner must be `aria-busy`. */
  label?: string | undefined;
  size?: "sm" | "md" | undefined;
  className?: string | undefined;
};

/** A small turning arc. Stands in the place of something, never over it; appears only after 150 ms. */
export function Spinner({ label, size = "sm", className }: SpinnerProps) {
  return (
    <span
      role={label ? "status" : undefined}
      aria-hidden={label ? undefined : true}
      className={cx("inline-flex animate-late", className)}
    >
      <svg
        viewBox="0 0 16 16"
        fill="none"
        aria-hidden="true"
        className={cx("animate-turn", size === "sm" ? "size-4" : "size-5")}
      >
        <circle cx="8" cy="8" r="6" stroke="currentColor" strokeWidth="1.75" opacity="0.22" />
        <path d="M14 8a6 6 0 0 0-6-6" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
      </svg>
      {label ? <span className="sr-only">{label}</span> : null}
    </span>
  );
}
