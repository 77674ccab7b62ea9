import { Dialog as Base } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { CloseButton } from "./close-button.tsx";
import { OVERLAY_CLASS } from "./control-class.ts";
import { cx } from "./cx.ts";
import { defined } from "./defined.ts";

export type DialogProps = {
  title: ReactNode;
  /** One sentence under the title, read out on opening. */
  text?: ReactNode;
  closeLabel: string;
  trigger?: ReactElement | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  size?: "sm" | "md" | "lg" | undefined;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  children?: ReactNode;
};

const WIDTH = { sm: "max-w-sm", md: "max-w-lg", lg: "max-w-3xl" } as const;

/** A question or a form that must be settled before going on. Traps the focus and gives it back. */
export function Dialog({
  title,
  text,
  closeLabel,
  trigger,
  open,
  onOpenChange,
  size = "md",
  footer,
  children,
}: DialogProps) {
  return (
    <Base.Root {...defined({ open, onOpenChange })}>
      {trigger ? <Base.Trigger asChild>{trigger}</Base.Trigger> : null}
      <Base.Portal>
        <Base.Overlay className="fixed inset-0 z-50 grid animate-appear grid-cols-[minmax(0,1fr)] items-start justify-items-center overflow-y-auto bg-scrim p-4 pt-[10vh] max-md:items-end max-md:p-0">
          <Base.Content
            {...(text ? {} : { "aria-describedby": undefined })}
            className={cx(
              OVERLAY_CLASS,
              "relative flex w-full animate-rise flex-col max-md:max-h-[92dvh] max-md:max-w-none max-md:rounded-b-none",
              WIDTH[size],
            )}
          >
            <header className="pt-4 pr-12 pb-3 pl-5">
              <div className="min-w-0">
                <Base.Title className="text-16 font-semibold [overflow-wrap:anywhere]">{title}</Base.Title>
                {text ? (
                  <Base.Description className="mt-1 text-14 text-text-2">{text}</Base.Description>
                ) : null}
              </div>
            </header>
            {children ? <div className="min-h-0 overflow-y-auto px-5 pb-5">{children}</div> : null}
            {footer ? (
              <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</footer>
            ) : null}
            <Base.Close asChild>
              <CloseButton label={closeLabel} className="absolute! top-7 right-3 -translate-y-1/2" />
            </Base.Close>
          </Base.Content>
        </Base.Overlay>
      </Base.Portal>
    </Base.Root>
  );
}
