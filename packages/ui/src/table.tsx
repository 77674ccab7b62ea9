import { ArrowDown, ArrowUp } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";

export type TableProps = ComponentProps<"table"> & {
  /** Names the table; drawn only when `showCaption`. */
  caption: ReactNode;
  showCaption?: boolean | undefined;
  /** Classes of the scrolling frame; give it a height to make the header stick. */
  frameClassName?: string | undefined;
};

/** A dense, semantic table in a frame that scrolls by itself, with a header that stays. */
export function Table({
  caption,
  showCaption = false,
  frameClassName,
  className,
  children,
  ...rest
}: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <div tabIndex={0} className={cx("min-w-0 overflow-auto focus-visible:-outline-offset-2", frameClassName)}>
      <table {...rest} className={cx("w-full border-separate border-spacing-0 text-left text-14", className)}>
        <caption className={showCaption ? "pb-2 text-left text-13 text-text-3" : "sr-only"}>
          {caption}
        </caption>
        {children}
      </table>
    </div>
  );
}

/** The head; sticks to the top of the frame. */
export function THead({ className, ...rest }: ComponentProps<"thead">) {
  return <thead {...rest} className={cx("sticky top-0 z-10 bg-surface-1", className)} />;
}

/** The body. */
export function TBody(props: ComponentProps<"tbody">) {
  return <tbody {...props} />;
}

export type TrProps = ComponentProps<"tr"> & { selected?: boolean | undefined };

/** A row; quietly answers the pointer. */
export function Tr({ selected, className, ...rest }: TrProps) {
  return (
    <tr
      {...rest}
      aria-selected={selected}
      className={cx(
        "group transition-colors",
        selected ? "bg-selected" : "[tbody>&]:hover:bg-hover",
        className,
      )}
    />
  );
}

export type ThProps = Omit<ComponentProps<"th">, "align"> & {
  align?: "start" | "end" | undefined;
  /** Makes the heading a button that sorts. */
  onSort?: (() => void) | undefined;
  sort?: "ascending" | "descending" | undefined;
};

/** A column's heading. */
export function Th({ align = "start", onSort, sort, className, children, ...rest }: ThProps) {
  const Arrow = sort === "ascending" ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      {...rest}
      aria-sort={onSort ? (sort ?? "none") : undefined}
      className={cx(
        "h-9 whitespace-nowrap border-b px-3 text-12 font-medium text-text-3",
        align === "end" && "text-right",
        className,
      )}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className={cx("inline-flex h-6 items-center gap-1 hover:text-text-1", sort && "text-text-1")}
        >
          {children}
          <Arrow aria-hidden="true" className={cx("size-3", !sort && "opacity-0")} />
        </button>
      ) : (
        children
      )}
    </th>
  );
}

export type TdProps = Omit<ComponentProps<"td">, "align"> & { align?: "start" | "end" | undefined };

/** A cell. */
export function Td({ align = "start", className, ...rest }: TdProps) {
  return (
    <td
      {...rest}
      className={cx(
        "border-line border-b px-3 py-cell-y align-middle",
        align === "end" && "text-right tabular-nums",
        className,
      )}
    />
  );
}
