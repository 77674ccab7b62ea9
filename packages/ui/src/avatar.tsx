import { cx } from "./cx.ts";
import { hueOf } from "./hue.ts";
import { initialsOf } from "./initials.ts";

export type AvatarProps = {
  /** Full name; gives initials and the accessible name. */
  name: string;
  /** What decides the hue: an id stays the same when the name changes. Defaults to the name. */
  seed?: string | undefined;
  src?: string | undefined;
  size?: "sm" | "md" | "lg" | undefined;
  /** Someone is here now. Pass words for it, the dot alone says nothing. */
  presence?: string | undefined;
  /** How the dot looks: full for somebody who is here, with a bar for somebody not to be disturbed, hollow for somebody away. */
  presenceTone?: "good" | "soon" | "quiet" | undefined;
  /** When the name stands beside it. */
  decorative?: boolean | undefined;
  className?: string | undefined;
};

const SIZE = { sm: "size-5 text-12", md: "size-8 text-12", lg: "size-10 text-14" } as const;

const DOT = {
  good: "bg-good",
  soon: "bg-soon",
  quiet: "bg-surface-1 shadow-[inset_0_0_0_1.5px_var(--text-3)]",
} as const;

/** Initials on a quiet tint, always the same for the same person. */
export function Avatar({
  name,
  seed,
  src,
  size = "md",
  presence,
  presenceTone = "good",
  decorative = false,
  className,
}: AvatarProps) {
  const label = presence ? `${name}, ${presence}` : name;
  return (
    <span
      aria-hidden={decorative || undefined}
      data-hue={hueOf(seed ?? name)}
      className={cx("relative inline-flex shrink-0 select-none rounded-full", SIZE[size], className)}
    >
      {decorative ? null : <span className="sr-only">{label}</span>}
      {src ? (
        <img src={src} alt="" className="size-full rounded-full object-cover" />
      ) : (
        <span
          aria-hidden="true"
          className="hue-tint grid size-full place-items-center rounded-full font-semibold leading-none"
        >
          {size === "sm" ? initialsOf(name).slice(0, 1) : initialsOf(name)}
        </span>
      )}
      {presence ? (
        <span
          className={cx(
            "absolute -right-0.5 -bottom-0.5 grid size-2.5 place-items-center rounded-full border-2 border-surface-1",
            DOT[presenceTone],
          )}
        >
          {presenceTone === "soon" ? <span className="h-px w-1 bg-surface-1" /> : null}
        </span>
      ) : null}
    </span>
  );
}
