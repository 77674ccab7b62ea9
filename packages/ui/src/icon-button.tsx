import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";
import { ariaShortcut } from "./shortcut.ts";
import { Spinner } from "./spinner.tsx";
import { Tooltip } from "./tooltip.tsx";

export type IconButtonProps = Omit<ComponentProps<"button">, "children" | "aria-label"> & {
  /** Name for assistive technology and text of the tooltip. */
  label: string;
  icon: ReactNode;
  shortcut?: string | undefined;
  variant?: "ghost" | "secondary" | undefined;
  size?: "sm" | "md" | undefined;
  /** For buttons that stay down; sets `aria-pressed`. */
  pressed?: boolean | undefined;
  busy?: boolean | undefined;
  tooltipSide?: "top" | "right" | "bottom" | "left" | undefined;
};

/** A square button with an icon: always named, always explained. */
export function IconButton({
  label,
  icon,
  shortcut,
  variant = "ghost",
  size = "md",
  pressed,
  busy = false,
  tooltipSide,
  className,
  type = "button",
  onClick,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut} side={tooltipSide}>
      <button
        {...rest}
        type={type}
        onClick={busy ? undefined : onClick}
        aria-label={label}
        aria-pressed={pressed}
        aria-busy={busy || undefined}
        aria-keyshortcuts={ariaShortcut(shortcut)}
        className={cx(
          "target inline-flex shrink-0 items-center justify-center rounded-control border transition-colors [&_svg]:size-4",
          "text-text-2 hover:bg-hover hover:text-text-1 active:bg-pressed data-[state=open]:bg-pressed data-[state=open]:text-text-1",
          "disabled:cursor-default disabled:opacity-50 aria-pressed:bg-selected aria-pressed:text-accent",
          variant === "secondary" ? "border-line-strong bg-overlay" : "border-transparent",
          size === "sm" ? "size-control-sm" : "size-control",
          className,
        )}
      >
        {busy ? <Spinner /> : icon}
      </button>
    </Tooltip>
  );
}
