import { useState } from "react";

/** A yes or no that this browser remembers. */
export function useKept(key: string, initial: boolean): [boolean, (next: boolean) => void] {
  const [value, setValue] = useState(() => {
    try {
      return (localStorage.getItem(key) ?? String(initial)) === "true";
    } catch {
      return initial;
    }
  });
  const keep = (next: boolean) => {
    setValue(next);
    try {
      localStorage.setItem(key, String(next));
    } catch {
      // Without storage it lasts until the page is left.
    }
  };
  return [value, keep];
}
