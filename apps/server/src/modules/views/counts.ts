import type { Condition } from "@okno/contract";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database.ts";
import type { Hub } from "../journal/index.ts";
import { type CappedCount, countMatching, type Reader, type Scope } from "../tickets/index.ts";

/** An event makes a count old; it is counted again at most this often. */
const restMs = 2_000;
/** What depends on the clock alone is counted again after this. */
const oldestMs = 30_000;
/** Nobody has asked for so long: the journal need not be followed. */
const idleMs = 90_000;
/** Counts of one reader that are taken beside each other. */
const together = 4;
const mostKept = 20_000;

export type CountedView = { id: string; version: number; condition: Condition };
export type ViewCounts = {
  of(scope: Scope, reader: Reader, views: readonly CountedView[]): Promise<Map<string, CappedCount>>;
  close(): void;
};

type Entry = { at: number; change: number; counted: Promise<CappedCount> };

const personal = new Set(["me", "teammates", "mine"]);

/** Does the condition mean something else for each reader? Otherwise readers of the same projects share its count. */
function isPersonal(condition: Condition): boolean {
  if ("not" in condition) return isPersonal(condition.not);
  if ("all" in condition) return condition.all.some(isPersonal);
  if ("any" in condition) return condition.any.some(isPersonal);
  return (
    "value" in condition &&
    Array.isArray(condition.value) &&
    condition.value.some((value) => personal.has(value))
  );
}

/**
 * Counts of views, kept in this process: read again only after an event in a project that they cover. A burst of events costs one
 * count a view every two seconds, however many people look.
 */
export function createViewCounts({
  db,
  clock,
  hub,
}: {
  db: Database;
  clock: Clock;
  hub: Pick<Hub, "listen">;
}): ViewCounts {
  const kept = new Map<string, Entry>();
  /** The last change of each project, as a running number. */
  const changes = new Map<string, number>();
  let running = 0;
  let askedAt = 0;
  let stop: (() => void) | undefined;

  function leave(): void {
    stop?.();
    stop = undefined;
    kept.clear();
    changes.clear();
  }

  function follow(now: number): void {
    askedAt = now;
    stop ??= hub.listen((rows) => {
      if (clock.now().getTime() - askedAt > idleMs) return leave();
      for (const { ticket_id, project_id } of rows)
        if (ticket_id !== null && project_id !== null) changes.set(project_id, ++running);
    });
  }

  const changeOf = (scope: Scope) =>
    scope.projectIds.reduce((last, id) => Math.max(last, changes.get(id) ?? 0), 0);

  function isFresh(entry: Entry, now: number, change: number): boolean {
    const age = now - entry.at;
    return age < restMs || (entry.change === change && age < oldestMs);
  }

  function count(scope: Scope, reader: Reader, view: CountedView, place: string): Promise<CappedCount> {
    const now = clock.now().getTime();
    const change = changeOf(scope);
    const key = `${view.id} ${view.version} ${isPersonal(view.condition) ? `${reader.me} ${reader.teams}` : ""} ${place}`;
    const known = kept.get(key);
    if (known && isFresh(known, now, change)) return known.counted;
    const counted = countMatching(db.in(scope.workspaceId), scope, view.condition, reader);
    counted.catch(() => kept.delete(key));
    kept.delete(key);
    kept.set(key, { at: now, change, counted });
    const oldest = kept.size > mostKept ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    return counted;
  }

  return {
    async of(scope, reader, views) {
      follow(clock.now().getTime());
      const place = [...scope.projectIds].sort().join(",");
      const counts = new Map<string, CappedCount>();
      const queue = [...views];
      const work = async () => {
        for (let view = queue.shift(); view; view = queue.shift())
          counts.set(view.id, await count(scope, reader, view, place));
      };
      await Promise.all(Array.from({ length: together }, work));
      return counts;
    },
    close: leave,
  };
}
