import type { Queryable } from "../../platform/database.ts";
import { type ChainedEvent, linkHash } from "./chain.ts";
import type { Epoch } from "./cursor.ts";
import { listEpochs, readChain } from "./queries.ts";

const pageSize = 2000;

/** Walks the hash chain from its beginning. @returns the first position whose entry was changed, or undefined. */
export async function verifyChain(db: Queryable): Promise<{ checked: number; brokenAt: number | undefined }> {
  const epochs = await db.query<Epoch & { hash: Buffer }>(listEpochs);
  let previous = epochs[0]?.hash ?? Buffer.alloc(1);
  let after = 0;
  let checked = 0;
  for (;;) {
    const rows = await db.query<ChainedEvent & { hash: Buffer }>(readChain, [after, pageSize]);
    for (const row of rows) {
      if (!linkHash(previous, row).equals(row.hash)) return { checked, brokenAt: row.position };
      previous = row.hash;
      checked += 1;
    }
    const last = rows.at(-1);
    if (!last) return { checked, brokenAt: undefined };
    after = last.position;
  }
}
