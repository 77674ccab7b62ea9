import { type MouseEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { cx } from "./cx.ts";

export type SwipeAction = {
  /** What happens, in a word or two: read while the finger moves. */
  label: string;
  icon: ReactNode;
  tone: "good" | "soon";
  onSwipe: () => void;
};

export type SwipeRowProps = {
  /** What a swipe to the right does; without it the row does not move that way. */
  right?: SwipeAction | undefined;
  left?: SwipeAction | undefined;
  disabled?: boolean | undefined;
  children: ReactNode;
};

/** The finger means to swipe when it has gone this far sideways, and further than up or down. */
const slopPx = 12;
/** Lifting the finger beyond this does it; before it, or on the way back, nothing has happened. */
const thresholdPx = 96;
/** The edges of the screen belong to the system's own back gesture. */
const edgePx = 20;

const TONE = { good: "bg-good text-surface-1", soon: "bg-soon text-surface-1" } as const;

type Grip = { id: number; x: number; y: number; swiping: boolean };
type Pull = { side: "right" | "left"; armed: boolean };

function intentOf(dx: number, dy: number): "swipe" | "scroll" | undefined {
  if (Math.hypot(dx, dy) < slopPx) return undefined;
  return Math.abs(dx) > Math.abs(dy) ? "swipe" : "scroll";
}

function Backing({ action, pull }: { action: SwipeAction; pull: Pull }) {
  return (
    <div
      aria-hidden="true"
      data-testid="swipe-backing"
      data-armed={pull.armed || undefined}
      className={cx(
        "absolute inset-0 flex items-center gap-2 px-5 text-14 font-medium [&_svg]:size-5",
        pull.side === "left" && "flex-row-reverse",
        pull.armed ? TONE[action.tone] : "bg-surface-3 text-text-2",
      )}
    >
      {action.icon}
      {action.label}
    </div>
  );
}

/**
 * A row that follows the finger sideways and shows what lifting it will do. By touch alone: a mouse drags nothing, scrolling wins over
 * swiping, and whatever a swipe does must be reachable in another way too.
 */
export function SwipeRow({ right, left, disabled = false, children }: SwipeRowProps) {
  const moving = useRef<HTMLDivElement>(null);
  const grip = useRef<Grip>(undefined);
  const swallow = useRef(false);
  const [pull, setPull] = useState<Pull>();
  const actions = { right, left };

  const move = (dx: number) => {
    if (moving.current) moving.current.style.transform = dx === 0 ? "" : `translateX(${dx}px)`;
  };
  const follow = (dx: number) => {
    const side = dx > 0 ? "right" : "left";
    const armed = Math.abs(dx) >= thresholdPx;
    move(actions[side] ? dx : 0);
    setPull((before) => (before?.side === side && before.armed === armed ? before : { side, armed }));
  };
  const letGo = () => {
    grip.current = undefined;
    move(0);
    setPull(undefined);
  };
  const onPointerDown = (event: PointerEvent) => {
    swallow.current = false;
    const { pointerType, isPrimary, clientX: x, clientY: y, pointerId: id } = event;
    // A second finger means something else.
    if (!isPrimary) return letGo();
    const atEdge = x < edgePx || x > window.innerWidth - edgePx;
    if (pointerType === "touch" && !disabled && !atEdge) grip.current = { id, x, y, swiping: false };
  };
  const onPointerMove = (event: PointerEvent) => {
    const held = grip.current;
    if (held?.id !== event.pointerId) return;
    // A long press has chosen the row meanwhile.
    if (disabled) return letGo();
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    const intent = held.swiping ? "swipe" : intentOf(dx, dy);
    if (intent === "scroll") return letGo();
    if (intent === undefined) return;
    if (!held.swiping) event.currentTarget.setPointerCapture(event.pointerId);
    held.swiping = true;
    follow(dx);
  };
  const onPointerUp = (event: PointerEvent) => {
    const held = grip.current;
    if (held?.id !== event.pointerId) return;
    const dx = event.clientX - held.x;
    const done = held.swiping && Math.abs(dx) >= thresholdPx ? actions[dx > 0 ? "right" : "left"] : undefined;
    swallow.current = held.swiping;
    letGo();
    done?.onSwipe();
  };
  /** The lifting finger opens nothing. */
  const onClickCapture = (event: MouseEvent) => {
    if (!swallow.current) return;
    swallow.current = false;
    event.preventDefault();
    event.stopPropagation();
  };
  const action = pull && actions[pull.side];
  return (
    <div
      className="relative h-full touch-pan-y touch-pinch-zoom overflow-hidden"
      onClickCapture={onClickCapture}
    >
      {action ? <Backing action={action} pull={pull} /> : null}
      <div
        ref={moving}
        data-testid="swipe"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={letGo}
        className={cx("relative h-full", pull ? "bg-surface-1" : "motion-safe:transition-transform")}
      >
        {children}
      </div>
    </div>
  );
}
