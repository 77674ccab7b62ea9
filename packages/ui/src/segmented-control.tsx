import { RadioGroup as Base } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export type SegmentedOption<V extends string> = { value: V; label: ReactNode; icon?: ReactNode };

export type SegmentedControlProps<V extends string> = {
  label: string;
  options: readonly SegmentedOption<V>[];
  value: V;
  onValueChange: (value: V) => void;
  size?: "sm" | "md" | undefined;
  className?: string | undefined;
};

/** Two to four views of the same thing; one is always on. */
export function SegmentedControl<V extends string>(props: SegmentedControlProps<V>) {
  const { label, options, value, onValueChange, size = "md", className } = props;
  const choose = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option) onValueChange(option.value);
  };
  return (
    <Base.Root
      aria-label={label}
      value={value}
      onValueChange={choose}
      orientation="horizontal"
      className={cx(
        "inline-flex max-w-full rounded-control bg-surface-3 p-0.5",
        size === "sm" ? "h-control-sm" : "h-control",
        className,
      )}
    >
      {options.map((option) => (
        <Base.Item
          key={option.value}
          value={option.value}
          className={cx(
            "inline-flex min-w-6 items-center justify-center gap-1.5 truncate rounded-[5px] border border-transparent px-2.5 font-medium text-text-2 transition-colors [&_svg]:size-4",
            "hover:text-text-1 focus-visible:outline-offset-0 data-[state=checked]:border-line data-[state=checked]:bg-surface-1 data-[state=checked]:text-text-1",
            size === "sm" ? "text-12" : "text-13",
          )}
        >
          {option.icon}
          {option.label}
        </Base.Item>
      ))}
    </Base.Root>
  );
}
