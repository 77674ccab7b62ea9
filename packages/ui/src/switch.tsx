import { Switch as Base } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cx } from "./cx.ts";
import { defined } from "./defined.ts";

export type SwitchProps = {
  label: ReactNode;
  hideLabel?: boolean | undefined;
  hint?: ReactNode;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  disabled?: boolean | undefined;
  className?: string | undefined;
};

/** On or off, at once. */
export function Switch({
  label,
  hideLabel,
  hint,
  checked,
  onCheckedChange,
  disabled = false,
  className,
}: SwitchProps) {
  const id = useId();
  return (
    <div className={cx("flex items-start justify-between gap-4", className)}>
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
      <Base.Root
        id={id}
        checked={checked}
        onCheckedChange={onCheckedChange}
        disabled={disabled}
        {...defined({ "aria-describedby": hint ? `${id}-hint` : undefined })}
        className="target mt-0.5 h-5 w-8 shrink-0 rounded-full bg-line-control transition-colors before:absolute before:-inset-y-0.5 before:inset-x-0 disabled:opacity-50 data-[state=checked]:bg-accent"
      >
        <Base.Thumb className="block size-4 translate-x-0.5 rounded-full bg-surface-1 transition-transform data-[state=checked]:translate-x-3.5" />
      </Base.Root>
    </div>
  );
}
