import { Tooltip as Base } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { Kbd } from "./kbd.tsx";

export type TooltipProps = {
  text: ReactNode;
  shortcut?: string | undefined;
  side?: "top" | "right" | "bottom" | "left" | undefined;
  /** One element that can take a ref: the thing explained. */
  children: ReactElement;
};

/** Must stand once around the application: shares the opening delay between neighbours. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider delayDuration={400} skipDelayDuration={200}>
      {children}
    </Base.Provider>
  );
}

/** A short explanation with the key. Never the only place where something is said. */
export function Tooltip({ text, shortcut, side = "top", children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger asChild>{children}</Base.Trigger>
      <Base.Portal>
        <Base.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 items-center gap-2 rounded-control bg-text-1 px-2 py-1 text-12 text-surface-1"
        >
          {text}
          {shortcut ? <Kbd keys={shortcut} tone="inherit" /> : null}
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
