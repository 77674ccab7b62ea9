import { Check, Minus } from "lucide-react";
import { Checkbox as Base } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cx } from "./cx.ts";
import { defined } from "./defined.ts";

export type CheckboxProps = {
  label: ReactNode;
  hideLabel?: boolean | undefined;
  hint?: ReactNode;
  checked: boolean | "indeterminate";
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean | undefined;
  name?: string | undefined;
  className?: string | undefined;
};

/** Yes or no, applied with the form. For what acts at once, use Switch. */
export function Checkbox({
  label,
  hideLabel,
  hint,
  checked,
  onCheckedChange,
  disabled = false,
  name,
  className,
}: CheckboxProps) {
  const id = useId();
  return (
    <div className={cx("flex min-h-6 items-start gap-2", className)}>
      <Base.Root
        id={id}
        checked={checked}
        onCheckedChange={(next) => onCheckedChange(next === true)}
        disabled={disabled}
        {...defined({ name, "aria-describedby": hint ? `${id}-hint` : undefined })}
        className="group/check target -mx-1 -mt-0.5 -mb-1 grid size-6 shrink-0 place-items-center rounded-control disabled:opacity-50"
      >
        {/* What is pressed is 24 px wide (WCAG 2.2, 2.5.8); what is seen stays small. */}
        <span className="grid size-4 place-items-center rounded-[4px] border border-line-control bg-surface-1 text-on-accent transition-colors group-data-[state=checked]/check:border-accent group-data-[state=checked]/check:bg-accent group-data-[state=indeterminate]/check:border-accent group-data-[state=indeterminate]/check:bg-accent">
          <Base.Indicator>
            {checked === "indeterminate" ? (
              <Minus aria-hidden="true" strokeWidth={3} className="size-3" />
            ) : (
              <Check aria-hidden="true" strokeWidth={3} className="size-3" />
            )}
          </Base.Indicator>
        </span>
      </Base.Root>
      <div className={cx("min-w-0", hideLabel && "sr-only")}>
        <label htmlFor={id} className="block text-14">
          {label}
        </label>
        {hint ? (
          <p id={`${id}-hint`} className="text-13 text-text-3">
            {hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}
