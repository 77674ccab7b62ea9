import { Check } from "lucide-react";
import { DropdownMenu as Base } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { OPTION_CLASS, OVERLAY_CLASS } from "./control-class.ts";
import { cx } from "./cx.ts";
import { defined } from "./defined.ts";
import { Kbd } from "./kbd.tsx";
import { ariaShortcut } from "./shortcut.ts";

export type DropdownMenuProps = {
  /** The button that opens it; must take a ref. */
  trigger: ReactElement;
  align?: "start" | "center" | "end" | undefined;
  side?: "top" | "right" | "bottom" | "left" | undefined;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  children: ReactNode;
};

/** A short menu of actions. For long lists use FilterableMenu. */
export function DropdownMenu({
  trigger,
  align = "end",
  side = "bottom",
  open,
  onOpenChange,
  children,
}: DropdownMenuProps) {
  return (
    <Base.Root {...defined({ open, onOpenChange })}>
      <Base.Trigger asChild>{trigger}</Base.Trigger>
      <Base.Portal>
        <Base.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cx(
            OVERLAY_CLASS,
            "max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-80 overflow-y-auto p-1",
          )}
        >
          {children}
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}

export type DropdownItemProps = {
  children: ReactNode;
  icon?: ReactNode;
  shortcut?: string | undefined;
  hint?: ReactNode;
  tone?: "danger" | undefined;
  disabled?: boolean | undefined;
  onSelect: () => void;
};

function ItemBody({
  icon,
  children,
  hint,
  shortcut,
}: Pick<DropdownItemProps, "icon" | "children" | "hint" | "shortcut">) {
  return (
    <>
      {icon ? <span className="flex opacity-70">{icon}</span> : null}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint ? <span className="text-13 text-text-3">{hint}</span> : null}
      {shortcut ? <Kbd keys={shortcut} className="ml-4 pointer-coarse:hidden" /> : null}
    </>
  );
}

/** One action. */
export function DropdownItem({ tone, disabled = false, onSelect, ...body }: DropdownItemProps) {
  return (
    <Base.Item
      disabled={disabled}
      onSelect={onSelect}
      {...defined({ "aria-keyshortcuts": ariaShortcut(body.shortcut) })}
      className={cx(OPTION_CLASS, tone === "danger" && "text-late data-highlighted:bg-late-soft")}
    >
      <ItemBody {...body} />
    </Base.Item>
  );
}

export type DropdownCheckItemProps = Omit<DropdownItemProps, "tone" | "onSelect"> & {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
};

/** Something that is on or off; the menu stays open. */
export function DropdownCheckItem({
  checked,
  onCheckedChange,
  disabled = false,
  ...body
}: DropdownCheckItemProps) {
  return (
    <Base.CheckboxItem
      checked={checked}
      disabled={disabled}
      onCheckedChange={onCheckedChange}
      onSelect={(event) => event.preventDefault()}
      className={OPTION_CLASS}
    >
      <ItemBody {...body} />
      <span className="flex size-4 text-accent">
        <Base.ItemIndicator>
          <Check />
        </Base.ItemIndicator>
      </span>
    </Base.CheckboxItem>
  );
}

/** A heading inside the menu. */
export function DropdownLabel({ children }: { children: ReactNode }) {
  return <Base.Label className="px-2 pt-2 pb-1 text-12 font-medium text-text-3">{children}</Base.Label>;
}

/** A thin line between groups. */
export function DropdownSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />;
}
