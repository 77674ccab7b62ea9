import { useCallback, useState } from "react";

export type PanelSizeOptions = {
  /** Where the browser remembers it. */
  storageKey: string;
  /** Pixels. */
  initial: number;
  min: number;
  max: number;
};

function readSize({ storageKey, initial, min, max }: PanelSizeOptions): number {
  try {
    const stored = Number.parseFloat(localStorage.getItem(storageKey) ?? "");
    return Number.isFinite(stored) ? clamp(stored, min, max) : initial;
  } catch {
    // Storage may be forbidden by the browser's settings; the panel then starts at its usual size.
    return initial;
  }
}

/** Keeps a number within its limits. */
export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

/** The width of a panel, remembered by this browser. Hand the result to ResizeHandle by spreading `handle`. */
export function usePanelSize(options: PanelSizeOptions) {
  const { storageKey, initial, min, max } = options;
  const [size, setSize] = useState(() => readSize(options));
  const onChange = useCallback(
    (next: number) => {
      const kept = Math.round(clamp(next, min, max));
      setSize(kept);
      try {
        localStorage.setItem(storageKey, String(kept));
      } catch {
        // See readSize: without storage the width simply lasts until the page is left.
      }
    },
    [storageKey, min, max],
  );
  return { size, setSize: onChange, handle: { value: size, min, max, initial, onChange } };
}
