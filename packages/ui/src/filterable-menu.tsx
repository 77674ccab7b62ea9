import { Popover as Base } from "radix-ui";
import { type ReactElement, useState } from "react";
import { OVERLAY_CLASS } from "./control-class.ts";
import { cx } from "./cx.ts";
import { FilterList, type FilterListProps } from "./filter-list.tsx";

export type FilterableMenuProps = Omit<FilterListProps, "size"> & {
  /** The button that opens it; must take a ref. */
  trigger: ReactElement;
  align?: "start" | "center" | "end" | undefined;
  side?: "top" | "right" | "bottom" | "left" | undefined;
  /** Controlled opening, for opening by a key. */
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** `trigger` makes it as wide as its button. */
  width?: "menu" | "trigger" | undefined;
  className?: string | undefined;
};

/** A menu that opens at once and filters as one types. */
export function FilterableMenu(props: FilterableMenuProps) {
  const {
    trigger,
    align = "start",
    side = "bottom",
    width = "menu",
    open,
    onOpenChange,
    className,
    ...list
  } = props;
  const [ownOpen, setOwnOpen] = useState(false);
  const isOpen = open ?? ownOpen;
  const setOpen = (next: boolean) => {
    setOwnOpen(next);
    onOpenChange?.(next);
  };
  const closing = () => {
    if (!list.multiple) setOpen(false);
  };
  return (
    <Base.Root open={isOpen} onOpenChange={setOpen}>
      <Base.Trigger asChild>{trigger}</Base.Trigger>
      <Base.Portal>
        <Base.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          aria-label={list.label}
          className={cx(
            OVERLAY_CLASS,
            "max-w-[calc(100vw-1rem)] overflow-hidden",
            width === "menu" ? "w-72" : "w-(--radix-popover-trigger-width) min-w-60",
            className,
          )}
        >
          <FilterList
            {...list}
            onSelect={(id) => {
              closing();
              list.onSelect(id);
            }}
            create={
              list.create
                ? {
                    label: list.create.label,
                    onCreate: (query) => {
                      closing();
                      list.create?.onCreate(query);
                    },
                  }
                : undefined
            }
          />
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
