/** What a toast says. Texts come ready for the reader. */
export type ToastInput = {
  title: string;
  text?: string | undefined;
  tone?: "neutral" | "good" | "late" | undefined;
  /** Usually undo. */
  action?: { label: string; shortcut?: string | undefined; onAction: () => void } | undefined;
  /** Called once when it goes away without its action having been used. */
  onExpire?: (() => void) | undefined;
  /** Milliseconds; 6,000 unless told. The clock stands still under pointer or focus. */
  durationMs?: number | undefined;
};

export type ToastEntry = ToastInput & { id: number };

const MOST_AT_ONCE = 3;
let entries: readonly ToastEntry[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: readonly ToastEntry[]): void {
  entries = next;
  for (const listener of listeners) listener();
}

function leave(gone: readonly ToastEntry[]): void {
  for (const entry of gone) entry.onExpire?.();
}

/** Shows a toast and returns its id. Only the newest three stay; older ones expire at once. */
export function toast(input: ToastInput): number {
  lastId += 1;
  const all = [...entries, { ...input, id: lastId }];
  publish(all.slice(-MOST_AT_ONCE));
  leave(all.slice(0, -MOST_AT_ONCE));
  return lastId;
}

/** Takes a toast away as if its time had run out. */
export function dismissToast(id: number): void {
  const gone = entries.filter((entry) => entry.id === id);
  publish(entries.filter((entry) => entry.id !== id));
  leave(gone);
}

/** Runs a toast's action and takes it away; without an id the newest one whose action has a key (undo). */
export function runToastAction(id?: number): boolean {
  const entry = entries.findLast(
    ({ action, id: own }) => action && (id === undefined ? action.shortcut !== undefined : own === id),
  );
  if (!entry?.action) return false;
  publish(entries.filter((candidate) => candidate !== entry));
  entry.action.onAction();
  return true;
}

/** For the toaster. */
export function subscribeToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** For the toaster. */
export function currentToasts(): readonly ToastEntry[] {
  return entries;
}
