import { ChevronsUpDown } from "lucide-react";
import { CONTROL_CLASS } from "./control-class.ts";
import { cx } from "./cx.ts";
import { useFieldControl } from "./field-context.ts";
import type { MenuItem } from "./filter-items.ts";
import { FilterableMenu } from "./filterable-menu.tsx";

export type ComboboxProps = {
  options: readonly MenuItem[];
  /** Id of the chosen option. */
  value?: string | undefined;
  onValueChange: (id: string) => void;
  /** Name of the list for assistive technology. */
  label: string;
  placeholder: string;
  filterPlaceholder: string;
  emptyText: string;
  onQueryChange?: ((query: string) => void) | undefined;
  id?: string | undefined;
  size?: "sm" | "md" | undefined;
  disabled?: boolean | undefined;
  invalid?: boolean | undefined;
  className?: string | undefined;
};

// The popover adds aria-expanded and aria-controls to its trigger.
const COMBOBOX = { role: "combobox", "aria-haspopup": "listbox" } as const;

/** One of many, as a form control: shows the choice, opens a filterable list. */
export function Combobox(props: ComboboxProps) {
  const { options, value, onValueChange, label, placeholder, size = "md", disabled, className } = props;
  const control = useFieldControl(props);
  const chosen = options.find((option) => option.id === value);
  return (
    <FilterableMenu
      items={options}
      label={label}
      filterPlaceholder={props.filterPlaceholder}
      emptyText={props.emptyText}
      selected={value ? [value] : []}
      onSelect={onValueChange}
      onQueryChange={props.onQueryChange}
      width="trigger"
      trigger={
        <button
          {...control}
          type="button"
          aria-label={label}
          {...COMBOBOX}
          disabled={disabled}
          className={cx(
            CONTROL_CLASS,
            "flex w-full min-w-0 items-center justify-between gap-2 px-2.5 text-left hover:bg-hover",
            "focus-visible:border-accent focus-visible:-outline-offset-1",
            size === "sm" ? "h-control-sm" : "h-control",
            className,
          )}
        >
          <span className="flex min-w-0 items-center gap-2">
            {chosen?.hue ? (
              <span data-hue={chosen.hue} className="hue-dot size-2 shrink-0 rounded-full" />
            ) : null}
            <span className={cx("truncate", !chosen && "text-text-3")}>{chosen?.label ?? placeholder}</span>
          </span>
          <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-text-3" />
        </button>
      }
    />
  );
}
