import { cx } from "./cx.ts";
import { TONE_TEXT, type Tone } from "./tone.ts";

export type DeadlineRingProps = {
  /** Share of the time that has passed, 0…1; more counts as 1. */
  progress: number;
  tone?: Tone | undefined;
  /** In words: how much is left, or by how much it is late. */
  label: string;
  size?: "sm" | "md" | undefined;
  className?: string | undefined;
};

const RADIUS = 6;
const LENGTH = 2 * Math.PI * RADIUS;

/** A thin ring that fills as the deadline comes nearer; when late it is full and has a dot, so colour is not alone. */
export function DeadlineRing({
  progress,
  tone = "neutral",
  label,
  size = "sm",
  className,
}: DeadlineRingProps) {
  const share = Math.min(1, Math.max(0, progress));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 16 16"
      fill="none"
      className={cx("shrink-0 -rotate-90", size === "sm" ? "size-4" : "size-5", TONE_TEXT[tone], className)}
    >
      <title>{label}</title>
      <circle cx="8" cy="8" r={RADIUS} strokeWidth="1.75" className="stroke-line-strong" />
      <circle
        cx="8"
        cy="8"
        r={RADIUS}
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeDasharray={`${share * LENGTH} ${LENGTH}`}
        opacity={share === 0 ? 0 : 1}
      />
      {tone === "late" ? <circle cx="8" cy="8" r="2" fill="currentColor" /> : null}
    </svg>
  );
}
