import { RadioGroup as Base } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cx } from "./cx.ts";
import { defined } from "./defined.ts";

export type RadioOption = {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean | undefined;
};

export type RadioGroupProps = {
  /** Name of the group for assistive technology; inside a Field it repeats the label. */
  label: string;
  options: readonly RadioOption[];
  value?: string | undefined;
  onValueChange: (value: string) => void;
  name?: string | undefined;
  className?: string | undefined;
};

/** One of a few that deserve to be seen side by side, with explanations. */
export function RadioGroup({ label, options, value, onValueChange, name, className }: RadioGroupProps) {
  const base = useId();
  return (
    <Base.Root
      aria-label={label}
      value={value ?? ""}
      onValueChange={onValueChange}
      {...defined({ name })}
      className={cx("flex flex-col gap-2", className)}
    >
      {options.map((option) => {
        const id = `${base}-${option.value}`;
        return (
          <div key={option.value} className="flex min-h-6 items-start gap-2">
            <Base.Item
              id={id}
              value={option.value}
              disabled={option.disabled ?? false}
              {...defined({ "aria-describedby": option.hint ? `${id}-hint` : undefined })}
              className="target mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-control bg-surface-1 transition-colors before:absolute before:-inset-1 disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
            >
              <Base.Indicator className="size-1.5 rounded-full bg-on-accent" />
            </Base.Item>
            <div className="min-w-0">
              <label htmlFor={id} className="block text-14">
                {option.label}
              </label>
              {option.hint ? (
                <p id={`${id}-hint`} className="text-13 text-text-3">
                  {option.hint}
                </p>
              ) : null}
            </div>
          </div>
        );
      })}
    </Base.Root>
  );
}
