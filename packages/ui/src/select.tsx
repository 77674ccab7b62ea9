import { Check, ChevronDown } from "lucide-react";
import { Select as Base } from "radix-ui";
import type { ReactNode } from "react";
import { CONTROL_CLASS, OPTION_CLASS, OVERLAY_CLASS } from "./control-class.ts";
import { cx } from "./cx.ts";
import { defined } from "./defined.ts";
import { useFieldControl } from "./field-context.ts";

export type SelectOption = { value: string; label: string; icon?: ReactNode; disabled?: boolean | undefined };

export type SelectProps = {
  options: readonly SelectOption[];
  /** Undefined or empty: nothing chosen yet, the placeholder stands. */
  value?: string | undefined;
  onValueChange: (value: string) => void;
  placeholder?: string | undefined;
  /** Needed outside a Field. */
  "aria-label"?: string | undefined;
  id?: string | undefined;
  name?: string | undefined;
  size?: "sm" | "md" | undefined;
  disabled?: boolean | undefined;
  invalid?: boolean | undefined;
  className?: string | undefined;
};

/** One of a few. For more than about eight, use Combobox, which filters. */
export function Select({
  options,
  value,
  onValueChange,
  placeholder,
  size = "md",
  className,
  ...rest
}: SelectProps) {
  const control = useFieldControl(rest);
  return (
    <Base.Root
      value={value ?? ""}
      onValueChange={onValueChange}
      {...defined({ name: rest.name, disabled: rest.disabled })}
    >
      <Base.Trigger
        {...defined(control)}
        {...defined({ "aria-label": rest["aria-label"] })}
        className={cx(
          CONTROL_CLASS,
          "flex w-full min-w-0 items-center justify-between gap-2 px-2.5 text-left hover:bg-hover data-placeholder:text-text-3",
          "focus-visible:border-accent focus-visible:-outline-offset-1",
          size === "sm" ? "h-control-sm" : "h-control",
          className,
        )}
      >
        <span className="min-w-0 truncate [&_svg]:mr-2 [&_svg]:inline [&_svg]:size-4">
          <Base.Value placeholder={placeholder} />
        </span>
        <Base.Icon asChild>
          <ChevronDown className="size-4 shrink-0 text-text-3" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className={cx(
            OVERLAY_CLASS,
            "max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width)",
          )}
        >
          <Base.Viewport className="p-1">
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className={cx(OPTION_CLASS, "pr-8 relative")}
              >
                {option.icon}
                <Base.ItemText>{option.label}</Base.ItemText>
                <Base.ItemIndicator className="absolute right-2">
                  <Check className="text-accent" />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Viewport>
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
