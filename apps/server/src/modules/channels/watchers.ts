import type { Hub } from "../journal/index.ts";

/** Calls back after every change of one identity's conversation in this or any other process. */
export type Watchers = { watch(identityId: string, changed: () => void): () => void };

export function createWatchers(hub: Hub): Watchers {
  const byIdentity = new Map<string, Set<() => void>>();
  let stop: (() => void) | undefined;

  // Listens only while somebody watches: without readers the hub need not read.
  function start(): void {
    stop ??= hub.listen((rows) => {
      const touched = new Set(
        rows.flatMap((row) => [row.identity_id ?? [], row.other_identities ?? []].flat()),
      );
      for (const identity of touched) for (const changed of byIdentity.get(identity) ?? []) changed();
    });
  }

  return {
    watch(identityId, changed) {
      const watching = byIdentity.get(identityId) ?? new Set();
      watching.add(changed);
      byIdentity.set(identityId, watching);
      start();
      return () => {
        watching.delete(changed);
        if (watching.size === 0) byIdentity.delete(identityId);
        if (byIdentity.size === 0) {
          stop?.();
          stop = undefined;
        }
      };
    },
  };
}
