import { useId } from "react";
import { cx } from "./cx.ts";

const PANES = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
] as const;

function Plant() {
  return (
    <g>
      <g stroke="var(--art-leaf)" strokeWidth="1.5" strokeLinecap="round" fill="none">
        <path d="M178 133c0-10-1-18-4-26M178 133c1-9 4-15 9-20M178 134c-2-7-6-11-11-14" />
      </g>
      <g fill="var(--art-leaf)">
        <path d="M174 108c-6-3-7-9-5-15 6 3 8 8 5 15Z" />
        <path d="M186 114c0-7 4-11 10-12 1 7-3 12-10 12Z" />
        <path d="M168 121c-6 1-11-1-13-6 6-2 11 0 13 6Z" />
        <path d="M178 122c4-5 4-11 1-15-4 4-5 10-1 15Z" opacity="0.7" />
      </g>
      <path d="M170 132h17l-2.4 15.2a2 2 0 0 1-2 1.8h-8.2a2 2 0 0 1-2-1.8Z" fill="var(--art-pot)" />
    </g>
  );
}

function View({ sky, glow }: { sky: string; glow: string }) {
  return (
    <>
      <rect x="64" y="20" width="136" height="130" fill={`url(#${sky})`} />
      <circle cx="158" cy="58" r="46" fill={`url(#${glow})`} className="animate-breathe" />
      <circle cx="158" cy="58" r="13" fill="var(--art-sun)" />
      <path d="M64 116c22-16 40-19 62-9 26 12 48 6 74-10v53H64Z" fill="var(--art-hill-far)" />
      <path d="M64 132c28-12 54-8 76-1 22 6 42 3 60-6v25H64Z" fill="var(--art-hill-near)" />
    </>
  );
}

/** Light through a window: the calm picture of an empty inbox, in the colours of the theme. Decoration only. */
export function WindowArt({ className }: { className?: string | undefined }) {
  const id = useId();
  const sky = `${id}-sky`;
  const fade = `${id}-fade`;
  const glow = `${id}-glow`;
  return (
    <svg
      viewBox="-8 0 320 224"
      fill="none"
      aria-hidden="true"
      className={cx("h-auto w-full max-w-80", className)}
    >
      <defs>
        <linearGradient id={sky} x1="0" y1="0" x2="0" y2="1">
          <stop stopColor="var(--art-sky-top)" />
          <stop offset="1" stopColor="var(--art-sky-bottom)" />
        </linearGradient>
        <linearGradient id={fade} gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="0" y2="58">
          <stop stopColor="var(--art-beam)" stopOpacity="0.9" />
          <stop offset="1" stopColor="var(--art-beam)" stopOpacity="0" />
        </linearGradient>
        <radialGradient id={glow}>
          <stop stopColor="var(--art-glow)" stopOpacity="0.75" />
          <stop offset="1" stopColor="var(--art-glow)" stopOpacity="0" />
        </radialGradient>
      </defs>
      <g className="animate-breathe" transform="translate(62 162) skewX(50)">
        {PANES.map(([column, row]) => (
          <rect
            key={`${column}${row}`}
            x={column * 71}
            y={row * 28}
            width="66"
            height="25"
            fill={`url(#${fade})`}
          />
        ))}
      </g>
      <rect x="58" y="14" width="148" height="142" rx="4" fill="var(--art-frame)" stroke="var(--art-edge)" />
      <View sky={sky} glow={glow} />
      <g fill="var(--art-frame)" stroke="var(--art-edge)" strokeWidth="0.75">
        <path d="M129.5 20h5v130h-5zM64 82.500h136v5H64z" />
      </g>
      <path d="M129.900 82.900h4.200v4.200h-4.200z" fill="var(--art-frame)" />
      <rect x="64" y="20" width="136" height="130" stroke="var(--art-edge)" strokeWidth="0.75" />
      <Plant />
      <rect
        x="48"
        y="149"
        width="168"
        height="9"
        rx="2.500"
        fill="var(--art-frame)"
        stroke="var(--art-edge)"
      />
    </svg>
  );
}
