import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cx } from "./cx.ts";
import { FieldContext } from "./field-context.ts";

export type FieldProps = {
  label: ReactNode;
  /** What to enter and why, before anything went wrong. */
  hint?: ReactNode;
  /** What is wrong, in words that tell what to do. */
  error?: ReactNode;
  required?: boolean | undefined;
  /** Small note at the end of the label line, such as "optional". */
  note?: ReactNode;
  /** Keeps the label for assistive technology only. */
  hideLabel?: boolean | undefined;
  className?: string | undefined;
  /** One control of this library; it takes its id, description and validity from here. */
  children: ReactNode;
};

/** Label, control, hint and error, tied together for assistive technology. */
export function Field({
  label,
  hint,
  error,
  required = false,
  note,
  hideLabel,
  className,
  children,
}: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [hint ? hintId : "", error ? errorId : ""].filter(Boolean).join(" ") || undefined;
  return (
    <FieldContext value={{ id, describedBy, invalid: Boolean(error), required }}>
      <div className={cx("flex min-w-0 flex-col gap-1.5", className)}>
        <div className={cx("flex items-baseline justify-between gap-3", hideLabel && "sr-only")}>
          <label htmlFor={id} className="text-13 font-medium text-text-1">
            {label}
          </label>
          {note ? <span className="text-12 text-text-3">{note}</span> : null}
        </div>
        {children}
        {error ? (
          <p id={errorId} role="alert" className="flex items-start gap-1.5 text-13 text-late">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            <span>{error}</span>
          </p>
        ) : null}
        {hint ? (
          <p id={hintId} className="text-13 text-text-3">
            {hint}
          </p>
        ) : null}
      </div>
    </FieldContext>
  );
}
