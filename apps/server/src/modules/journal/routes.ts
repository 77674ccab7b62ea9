import { routes } from "@okno/contract";
import type { Database } from "../../platform/database.ts";
import { type Binding, bindTable, own, raw } from "../../platform/http/binding.ts";
import { positionOf, readVisibleAfter } from "./catch-up.ts";
import { encodeCursor } from "./cursor.ts";
import type { Hub } from "./hub.ts";
import { presentEvent } from "./present.ts";
import type { Streams } from "./streams.ts";

export function journalBindings({
  db,
  hub,
  streams,
}: {
  db: Database;
  hub: Hub;
  streams: Streams;
}): Binding[] {
  return bindTable(routes.events, {
    list: own(async ({ principal, query }) => {
      const after = query.after === undefined ? 0 : await positionOf(db, query.after);
      const page = await readVisibleAfter(db, principal, after, query.limit);
      return {
        data: page.rows.map((row) => presentEvent(row, hub.epoch())),
        nextCursor: encodeCursor({ epoch: hub.epoch(), position: page.position }),
      };
    }),
    stream: raw(({ principal, query, http }) => {
      const last = http.req.headers["last-event-id"];
      return streams.serve(
        { principal, ...http },
        typeof last === "string" && last !== "" ? last : query.after,
      );
    }),
  });
}
