import type { NotificationFrame } from "@okno/contract";
import type { Database } from "../../platform/database.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";
import type { Log } from "../../platform/log.ts";
import { startWire } from "../../platform/wire.ts";
import type { Written } from "./consume.ts";
import { listByIds, type NotificationRow, presentNotification } from "./queries.ts";

/** Somebody's open stream. */
export type Reader = { principal(): Principal; write(text: string): void };

/** More news than this at once is no news one by one: the reader counts again. */
const mostAtOnce = 20;

type Item = { workspaceId: string; memberId: string; ids: string[] };

export type NotificationFeed = {
  attach(reader: Reader): () => void;
  /** What was just written down reaches its people, in whatever process they are connected. */
  deliver(written: readonly Written[]): void;
  /** A person's other tabs and devices are to count again. */
  changed(workspaceId: string, memberId: string): void;
  stop(): Promise<void>;
};

function frame(content: NotificationFrame): string {
  return `event: notification\ndata: ${JSON.stringify(content)}\n\n`;
}

/** News for people on the event streams, in frames without an id: what a stream misses stands in the list. */
export function createNotificationFeed({ db, log }: { db: Database; log: Log }): NotificationFeed {
  const readers = new Map<string, Set<Reader>>();
  const keyOf = (workspaceId: string, memberId: string) => `${workspaceId} ${memberId}`;

  async function tell({ workspaceId, memberId, ids }: Item): Promise<void> {
    const own = readers.get(keyOf(workspaceId, memberId));
    if (!own || own.size === 0) return;
    const [first] = own;
    const told =
      first && ids.length > 0 && ids.length <= mostAtOnce
        ? await db
            .in(workspaceId)
            .query<NotificationRow>(listByIds, [
              workspaceId,
              memberId,
              projectsWith(first.principal(), "operator"),
              ids,
            ])
        : [];
    const text = frame({ told: told.map(presentNotification) });
    for (const reader of own) reader.write(text);
  }

  function say(item: Item): void {
    tell(item).catch((error) =>
      log.warn({ err: error }, "news could not be delivered; it stands in the list"),
    );
  }

  const wire = startWire({ db, log }, "okno_notifications", {
    item: (item) => say(item as Item),
    joined: () => undefined,
  });

  function send(item: Item): void {
    say(item);
    // Several batches in one window are told one by one: the key keeps them apart.
    wire.send(`${keyOf(item.workspaceId, item.memberId)} ${item.ids[0] ?? ""}`, item);
  }

  return {
    attach(reader) {
      const principal = reader.principal();
      if (principal.kind !== "member") return () => undefined;
      const key = keyOf(principal.workspaceId, principal.id);
      const own = readers.get(key) ?? new Set();
      readers.set(key, own.add(reader));
      return () => {
        own.delete(reader);
        if (own.size === 0) readers.delete(key);
      };
    },
    deliver(written) {
      for (const group of Map.groupBy(written, (row) => keyOf(row.workspaceId, row.memberId)).values()) {
        const [{ workspaceId, memberId } = { workspaceId: "", memberId: "" }] = group;
        const ids = group.length > mostAtOnce ? [] : group.map(({ id }) => id);
        send({ workspaceId, memberId, ids });
      }
    },
    changed: (workspaceId, memberId) => send({ workspaceId, memberId, ids: [] }),
    stop: () => wire.stop(),
  };
}
