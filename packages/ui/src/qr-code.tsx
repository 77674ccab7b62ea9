import { useMemo } from "react";
import { encode } from "uqr";
import { cx } from "./cx.ts";

export type QrCodeProps = {
  value: string;
  /** What it is for, for assistive technology: the value should be there as text as well. */
  label: string;
  className?: string | undefined;
};

/** A QR code drawn here, dark on light in both themes: cameras expect it so. */
export function QrCode({ value, label, className }: QrCodeProps) {
  const { size, path } = useMemo(() => {
    const { size: cells, data } = encode(value, { ecc: "M", border: 4 });
    const dark = data.flatMap((row, y) => row.flatMap((set, x) => (set ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: cells, path: dark.join("") };
  }, [value]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={cx("size-52 max-w-full rounded-panel", className)}
    >
      <rect width={size} height={size} fill="var(--code-paper)" />
      <path d={path} fill="var(--code-ink)" />
    </svg>
  );
}
