import { Dialog as Base } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { CloseButton } from "./close-button.tsx";
import { cx } from "./cx.ts";
import { defined } from "./defined.ts";

export type SheetProps = {
  title: ReactNode;
  closeLabel: string;
  trigger?: ReactElement | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  side?: "start" | "end" | undefined;
  footer?: ReactNode;
  children: ReactNode;
};

/** A panel from the edge: details that belong to what is behind it, and navigation on narrow screens. */
export function Sheet({
  title,
  closeLabel,
  trigger,
  open,
  onOpenChange,
  side = "end",
  footer,
  children,
}: SheetProps) {
  return (
    <Base.Root {...defined({ open, onOpenChange })}>
      {trigger ? <Base.Trigger asChild>{trigger}</Base.Trigger> : null}
      <Base.Portal>
        <Base.Overlay className="fixed inset-0 z-50 animate-appear bg-scrim" />
        <Base.Content
          aria-describedby={undefined}
          // The panel, not its first control: a tooltip over what has just opened would hide it.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
          className={cx(
            "fixed inset-y-0 z-50 flex w-[calc(100vw-3rem)] max-w-md flex-col bg-overlay text-text-1 shadow-overlay outline-none",
            side === "end" ? "right-0 animate-slide-end border-l" : "left-0 animate-slide-start border-r",
          )}
        >
          <header className="border-b py-3 pr-12 pl-5">
            <Base.Title className="truncate text-16 font-semibold">{title}</Base.Title>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-5">{children}</div>
          {footer ? (
            <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</footer>
          ) : null}
          <Base.Close asChild>
            <CloseButton label={closeLabel} className="absolute! top-6 right-3 -translate-y-1/2" />
          </Base.Close>
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
