import { Popover as Base } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { OVERLAY_CLASS } from "./control-class.ts";
import { cx } from "./cx.ts";
import { defined } from "./defined.ts";

export type PopoverProps = {
  trigger: ReactElement;
  /** Name of the popover for assistive technology. */
  label: string;
  align?: "start" | "center" | "end" | undefined;
  side?: "top" | "right" | "bottom" | "left" | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** No padding, for content that brings its own. */
  flush?: boolean | undefined;
  width?: "md" | "lg" | "auto" | undefined;
  className?: string | undefined;
  children: ReactNode;
};

const WIDTH = { md: "w-72", lg: "w-80", auto: "" } as const;

/** A small surface tied to its button. Escape closes it and gives the focus back. */
export function Popover({
  trigger,
  label,
  align = "start",
  side = "bottom",
  open,
  onOpenChange,
  flush = false,
  width = "md",
  className,
  children,
}: PopoverProps) {
  return (
    <Base.Root {...defined({ open, onOpenChange })}>
      <Base.Trigger asChild>{trigger}</Base.Trigger>
      <Base.Portal>
        <Base.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className={cx(OVERLAY_CLASS, "max-w-[calc(100vw-1rem)]", WIDTH[width], !flush && "p-4", className)}
        >
          {children}
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
