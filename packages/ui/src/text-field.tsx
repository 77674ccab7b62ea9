import type { ComponentProps, ReactNode } from "react";
import { CONTROL_CLASS } from "./control-class.ts";
import { cx } from "./cx.ts";
import { useFieldControl } from "./field-context.ts";

export type TextFieldProps = Omit<ComponentProps<"input">, "size" | "prefix"> & {
  size?: "sm" | "md" | undefined;
  /** Icon or short text before the value. */
  prefix?: ReactNode;
  /** Unit, key cap or small button after the value. */
  suffix?: ReactNode;
  invalid?: boolean | undefined;
};

/** A one-line text input. */
export function TextField({ size = "md", prefix, suffix, invalid, className, ...rest }: TextFieldProps) {
  const control = useFieldControl({ ...rest, invalid });
  return (
    <span
      className={cx(
        CONTROL_CLASS,
        "ring-within flex min-w-0 items-center gap-2 px-2.5 [&_svg]:size-4 [&_svg]:shrink-0",
        size === "sm" ? "h-control-sm" : "h-control",
        rest.disabled && "opacity-50",
        className,
      )}
    >
      {prefix ? <span className="flex shrink-0 items-center text-text-3">{prefix}</span> : null}
      <input {...rest} {...control} className="h-full w-full min-w-0 bg-transparent outline-none" />
      {suffix ? <span className="flex shrink-0 items-center text-13 text-text-3">{suffix}</span> : null}
    </span>
  );
}
