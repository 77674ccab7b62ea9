import { useState } from "react";
import { keepUntilLeaving } from "../session/leaving.ts";
import { useMe } from "../session/session.ts";

// Forms that were closed before they were saved: opened again, they stand as they were left, even after a reload. The server knows
// nothing of them, so they stay in this browser, and leave it with the person.
const prefix = "okno.form.";

function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

/** Where storage is forbidden or full a form lives as long as the page. */
const left = new Map<string, unknown>();

function read(key: string): unknown {
  if (left.has(key)) return left.get(key);
  try {
    return JSON.parse(storage()?.getItem(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, form: unknown): void {
  left.set(key, form);
  try {
    storage()?.setItem(key, JSON.stringify(form));
  } catch {
    // It stands in the map.
  }
}

function forget(key: string): void {
  left.delete(key);
  storage()?.removeItem(key);
}

function kept(): string[] {
  const local = storage();
  const keys = Array.from({ length: local?.length ?? 0 }, (_, at) => local?.key(at) ?? "");
  return [...new Set([...left.keys(), ...keys.filter((key) => key.startsWith(prefix))])];
}

keepUntilLeaving({
  handOver: () => Promise.resolve(kept().length === 0),
  forget: () => {
    for (const key of kept()) forget(key);
  },
});

/** The state of a form that survives being closed and a reload. `forget` is for when it has been saved. */
export function useKeptForm<T extends object>(
  name: string,
  initial: T,
): [T, (change: Partial<T>) => void, () => void] {
  const { member } = useMe();
  const key = `${prefix}${member.id}.${name}`;
  const [form, setForm] = useState<T>(() => ({ ...initial, ...(read(key) as Partial<T> | undefined) }));
  const change = (part: Partial<T>) =>
    setForm((before) => {
      const after = { ...before, ...part };
      // Emptied again it is nothing to keep.
      if (JSON.stringify(after) === JSON.stringify(initial)) forget(key);
      else write(key, after);
      return after;
    });
  return [form, change, () => forget(key)];
}
