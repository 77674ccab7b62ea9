import { X } from "lucide-react";
import type { ComponentProps } from "react";
import { cx } from "./cx.ts";

export type CloseButtonProps = Omit<ComponentProps<"button">, "aria-label" | "children"> & { label: string };

/** The cross of a dialog. No tooltip: one that opens with the focus would swallow the first Escape. */
export function CloseButton({ label, className, ...rest }: CloseButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      className={cx(
        "target grid size-control-sm shrink-0 place-items-center rounded-control text-text-3 transition-colors hover:bg-hover hover:text-text-1",
        className,
      )}
    >
      <X aria-hidden="true" className="size-4" />
    </button>
  );
}
