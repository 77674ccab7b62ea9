import { Dialog as Base } from "radix-ui";
import { OVERLAY_CLASS } from "./control-class.ts";
import { cx } from "./cx.ts";
import { FilterList, type FilterListProps } from "./filter-list.tsx";

export type CommandDialogProps = Omit<FilterListProps, "size" | "selected" | "multiple"> & {
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Everything one can do here, by name. Opens by a key, at once. */
export function CommandDialog({ open, onOpenChange, onSelect, ...list }: CommandDialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Overlay className="fixed inset-0 z-50 bg-scrim" />
        <Base.Content
          aria-describedby={undefined}
          className={cx(
            OVERLAY_CLASS,
            "fixed top-[12vh] left-1/2 w-[calc(100vw-1rem)] max-w-xl -translate-x-1/2 overflow-hidden",
          )}
        >
          <Base.Title className="sr-only">{list.label}</Base.Title>
          <FilterList
            {...list}
            size="lg"
            onSelect={(id) => {
              onOpenChange(false);
              onSelect(id);
            }}
          />
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
