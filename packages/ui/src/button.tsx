import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { cx } from "./cx.ts";
import { Kbd } from "./kbd.tsx";
import { ariaShortcut } from "./shortcut.ts";
import { Spinner } from "./spinner.tsx";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";

export type ButtonProps = Omit<ComponentProps<"button">, "children"> & {
  children: ReactNode;
  /** One primary a view. */
  variant?: ButtonVariant | undefined;
  size?: "sm" | "md" | undefined;
  /** A Lucide icon, drawn before the words. */
  icon?: ReactNode;
  /** Shown as key caps and told to assistive technology; binding the key is the caller's work. */
  shortcut?: string | undefined;
  /** Keeps the width, ignores presses, stays focused. */
  busy?: boolean | undefined;
};

const LOOK: Readonly<Record<ButtonVariant, string>> = {
  primary: "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
  secondary: "border-line-strong bg-overlay text-text-1 hover:bg-hover active:bg-pressed",
  ghost: "border-transparent bg-transparent text-text-2 hover:bg-hover hover:text-text-1 active:bg-pressed",
  danger: "border-transparent bg-late text-on-late hover:bg-late-strong",
};

const SIZE = {
  sm: "h-control-sm gap-1.5 px-2.5 text-13 target",
  md: "h-control gap-2 px-3 text-14",
} as const;

/** A button with words, optionally an icon and the key that does the same. */
export function Button({
  children,
  variant = "secondary",
  size = "md",
  icon,
  shortcut,
  busy = false,
  className,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      {...rest}
      type={type}
      onClick={press}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      aria-keyshortcuts={ariaShortcut(shortcut)}
      className={cx(
        "relative inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-control border font-medium transition-colors",
        "disabled:cursor-default disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
        LOOK[variant],
        SIZE[size],
        className,
      )}
    >
      <span
        className={cx(
          "inline-flex min-w-0 items-center",
          size === "sm" ? "gap-1.5" : "gap-2",
          busy && "opacity-0",
        )}
      >
        {icon}
        <span className="truncate">{children}</span>
        {shortcut ? (
          <Kbd
            keys={shortcut}
            tone={variant === "primary" || variant === "danger" ? "inherit" : "quiet"}
            className="-mr-1 pointer-coarse:hidden"
          />
        ) : null}
      </span>
      {busy ? (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      ) : null}
    </button>
  );
}
