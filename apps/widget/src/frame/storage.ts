/** What this browser remembers for one chat. Where storage is forbidden, it lasts as long as the page. */
export type Memory = {
  get(name: string): string | undefined;
  set(name: string, value: string | undefined): void;
  /** Another tab has written this. */
  onChange(listener: (name: string) => void): void;
};

export function createMemory(key: string): Memory {
  const prefix = `okno.chat.${key}.`;
  const here = new Map<string, string>();
  return {
    get(name) {
      try {
        return localStorage.getItem(prefix + name) ?? here.get(name);
      } catch {
        return here.get(name);
      }
    },
    set(name, value) {
      try {
        if (value === undefined) localStorage.removeItem(prefix + name);
        else localStorage.setItem(prefix + name, value);
        here.delete(name);
      } catch {
        if (value === undefined) here.delete(name);
        else here.set(name, value);
      }
    },
    onChange(listener) {
      addEventListener("storage", ({ key: changed }) => {
        if (changed?.startsWith(prefix)) listener(changed.slice(prefix.length));
      });
    },
  };
}
