import { cx } from "./cx.ts";

/** A grey stand-in for one piece of text or picture; give it a size by class. Appears only after 150 ms. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return (
    <span aria-hidden="true" className={cx("block animate-late rounded-[4px] bg-surface-3", className)} />
  );
}

export type ListSkeletonProps = {
  /** Read out once. */
  label: string;
  rows?: number | undefined;
};

const WIDTHS = ["w-3/5", "w-4/5", "w-2/3", "w-3/4", "w-1/2"] as const;

/** Stand-ins for rows of a list, in the shape and height of the real ones. */
export function ListSkeleton({ label, rows = 8 }: ListSkeletonProps) {
  return (
    <div role="status" aria-busy="true">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical stand-ins have no other identity
        <div key={index} className="flex gap-3 border-b px-4 py-row-y">
          <Skeleton className="size-8 shrink-0 rounded-full" />
          <div className="flex min-w-0 flex-1 flex-col gap-2 py-0.5">
            <div className="flex justify-between gap-8">
              <Skeleton className="h-3 w-28" />
              <Skeleton className="h-3 w-10" />
            </div>
            <Skeleton className={cx("h-3", WIDTHS[index % WIDTHS.length])} />
            <Skeleton className={cx("h-3", WIDTHS[(index + 2) % WIDTHS.length])} />
          </div>
        </div>
      ))}
    </div>
  );
}
