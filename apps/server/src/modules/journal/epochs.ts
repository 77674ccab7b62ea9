import { randomUUID } from "node:crypto";
import { type Queryable, statement } from "../../platform/database.ts";
import { lastPosition } from "./queries.ts";

// Epochs are ordered by their time, so a clock that was set back must not put the new one before the others.
const insertEpoch = statement(
  "journal.insert_epoch",
  `insert into journal_epochs (epoch, starts_after, hash, created_at)
   select $1, $2, $3, greatest(now(), max(created_at) + interval '1 microsecond') from journal_epochs`,
);

export type CurrentPlace = { epoch: string; position: number; hash: Buffer };

/** The present history and its end. */
export async function currentPlace(db: Queryable): Promise<CurrentPlace> {
  const [place] = await db.query<Omit<CurrentPlace, "position"> & { position: number | string }>(
    lastPosition,
  );
  if (!place) throw new Error("the journal has no epoch");
  return { ...place, position: Number(place.position) };
}

/**
 * Begins a new history after the last position: what positions beyond it meant in the old one, which went on after the backup, no
 * longer holds. Cursors from there resume at this place.
 */
export async function startEpoch(db: Queryable): Promise<CurrentPlace> {
  const { position, hash } = await currentPlace(db);
  const epoch = randomUUID();
  await db.query(insertEpoch, [epoch, position, hash]);
  return { epoch, position, hash };
}
