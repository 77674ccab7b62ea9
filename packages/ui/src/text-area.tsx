import type { ComponentProps } from "react";
import { CONTROL_CLASS } from "./control-class.ts";
import { cx } from "./cx.ts";
import { useFieldControl } from "./field-context.ts";

export type TextAreaProps = Omit<ComponentProps<"textarea">, "rows"> & {
  /** Lines at rest. */
  minRows?: number | undefined;
  /** Lines after which it scrolls. */
  maxRows?: number | undefined;
  /** `plain` has no edge of its own, for composers that draw one around everything. */
  look?: "field" | "plain" | undefined;
  invalid?: boolean | undefined;
};

/** Grows with its text by `field-sizing`; engines without it keep `minRows` and scroll. */
export function TextArea({
  minRows = 3,
  maxRows = 12,
  look = "field",
  invalid,
  className,
  style,
  ...rest
}: TextAreaProps) {
  const control = useFieldControl({ ...rest, invalid });
  return (
    <textarea
      {...rest}
      {...control}
      rows={minRows}
      style={{
        ...style,
        minHeight: `calc(${minRows}lh + 1rem + 2px)`,
        maxHeight: `calc(${maxRows}lh + 1rem + 2px)`,
      }}
      className={cx(
        look === "field"
          ? cx(CONTROL_CLASS, "px-2.5 py-2 focus-visible:border-accent focus-visible:-outline-offset-1")
          : "bg-transparent px-3 py-2 text-14 outline-none pointer-coarse:text-16",
        "block w-full min-w-0 resize-none overflow-y-auto leading-normal field-sizing-content [overflow-wrap:anywhere]",
        className,
      )}
    />
  );
}
