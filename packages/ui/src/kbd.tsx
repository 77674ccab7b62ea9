import { cx } from "./cx.ts";
import { keyCaps } from "./shortcut.ts";

export type KbdProps = {
  /** `mod+enter`, `e`, or a sequence `g i`. */
  keys: string;
  /** `inherit` takes the colour of the text around it, for coloured buttons and tooltips. */
  tone?: "quiet" | "inherit" | undefined;
  className?: string | undefined;
};

/** Key caps. Decoration for the eye: the control itself names its shortcut in `aria-keyshortcuts`. */
export function Kbd({ keys, tone = "quiet", className }: KbdProps) {
  const cap =
    tone === "quiet"
      ? "border-line bg-surface-2 text-text-3"
      : "border-current/30 bg-transparent text-current opacity-85";
  return (
    <span aria-hidden="true" className={cx("inline-flex shrink-0 items-center gap-0.5", className)}>
      {keyCaps(keys).map((key, index) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: the caps of one shortcut never change places
          key={`${key}${index}`}
          className={cx(
            "inline-flex h-4 min-w-4 items-center justify-center rounded-[4px] border px-1 font-sans text-12 font-medium leading-none",
            cap,
          )}
        >
          {key}
        </kbd>
      ))}
    </span>
  );
}
