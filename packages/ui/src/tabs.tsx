import { Tabs as Base } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export type TabItem = { value: string; label: ReactNode; count?: number | undefined; content?: ReactNode };

export type TabsProps = {
  /** Name of the set for assistive technology. */
  label: string;
  items: readonly TabItem[];
  value: string;
  onValueChange: (value: string) => void;
  className?: string | undefined;
};

/** Sides of one thing. Arrow keys move between them; the line under the name marks the open one. */
export function Tabs({ label, items, value, onValueChange, className }: TabsProps) {
  return (
    <Base.Root value={value} onValueChange={onValueChange} className={cx("flex min-h-0 flex-col", className)}>
      <Base.List aria-label={label} className="flex shrink-0 gap-4 overflow-x-auto border-b">
        {items.map((item) => (
          <Base.Trigger
            key={item.value}
            value={item.value}
            className="-mb-px flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 text-14 font-medium text-text-3 transition-colors hover:text-text-1 focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-text-1 pointer-coarse:h-control"
          >
            {item.label}
            {item.count === undefined ? null : (
              <span className="text-12 font-normal text-text-3 tabular-nums">{item.count}</span>
            )}
          </Base.Trigger>
        ))}
      </Base.List>
      {items.map((item) => (
        <Base.Content key={item.value} value={item.value} className="min-h-0 flex-1 pt-4 outline-offset-4">
          {item.content}
        </Base.Content>
      ))}
    </Base.Root>
  );
}
