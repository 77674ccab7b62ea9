import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { cx } from "./cx.ts";

export type ResizeHandleProps = {
  /** Says which panel it resizes. */
  label: string;
  value: number;
  min: number;
  max: number;
  /** Double click returns to it. */
  initial: number;
  onChange: (value: number) => void;
  /** On which side of the handle the resized panel lies. */
  panel?: "before" | "after" | undefined;
  className?: string | undefined;
};

const STEP = 8;
const BIG_STEP = 32;

/** The line between two panels: drag, arrows (Shift for big steps), Home and End, double click to reset. */
export function ResizeHandle({
  label,
  value,
  min,
  max,
  initial,
  onChange,
  panel = "before",
  className,
}: ResizeHandleProps) {
  const start = useRef<{ x: number; value: number } | null>(null);
  const sign = panel === "before" ? 1 : -1;

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, value };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (start.current) onChange(start.current.value + sign * (event.clientX - start.current.x));
  };
  const stop = () => {
    start.current = null;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.shiftKey ? BIG_STEP : STEP;
    const targets: Record<string, number> = {
      ArrowLeft: value - sign * step,
      ArrowRight: value + sign * step,
      Home: min,
      End: max,
      Enter: initial,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    onChange(target);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is a widget, which <hr> cannot be
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={stop}
      onPointerCancel={stop}
      onDoubleClick={() => onChange(initial)}
      onKeyDown={onKeyDown}
      className={cx(
        "group relative z-10 w-px shrink-0 cursor-col-resize touch-none bg-line outline-none",
        "before:absolute before:inset-y-0 before:-inset-x-1.5",
        "after:pointer-events-none after:absolute after:inset-y-0 after:-left-px after:w-[3px] after:bg-accent after:opacity-0 after:transition-opacity",
        "hover:after:opacity-60 focus-visible:after:opacity-100 active:after:opacity-100",
        className,
      )}
    />
  );
}
