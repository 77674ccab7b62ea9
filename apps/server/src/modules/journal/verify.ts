import type { Queryable } from "../../platform/database.ts";
import { type ChainedEvent, linkHash } from "./chain.ts";
import type { Epoch } from "./cursor.ts";
import { findNewestButOne, listEpochs, readChain } from "./queries.ts";

const pageSize = 2000;

export type ChainReport = { checked: number; brokenAt: number | undefined };
type Link = { position: number; hash: Buffer };

/**
 * Walks the hash chain from its beginning, or its newest entries alone.
 * @returns the first position whose entry was changed, or undefined.
 */
export async function verifyChain(db: Queryable, { newest }: { newest?: number } = {}): Promise<ChainReport> {
  const epochs = await db.query<Epoch & { hash: Buffer }>(listEpochs);
  const [before] = newest === undefined ? [] : await db.query<Link>(findNewestButOne, [newest]);
  let previous = before?.hash ?? epochs[0]?.hash ?? Buffer.alloc(1);
  let after = before?.position ?? 0;
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
