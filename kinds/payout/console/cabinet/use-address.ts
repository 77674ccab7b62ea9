import { host } from "../host.ts";

/** Changes a part of the address's search; what is undefined leaves it. */
export function useAddress() {
  const { path, search } = host.usePlace();
  const go = host.useGo();
  const change = (part: Record<string, string | undefined>) => {
    const next = new URLSearchParams();
    for (const [key, value] of Object.entries({ ...search, ...part }))
      if (value !== undefined && value !== "") next.set(key, value);
    go(next.size > 0 ? `${path}?${next}` : path, { replace: true });
  };
  return { search, change };
}
