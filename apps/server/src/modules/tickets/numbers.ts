import type { Clock } from "../../platform/clock.ts";
import { type Queryable, statement } from "../../platform/database.ts";

const lease = statement(
  "tickets.lease_numbers",
  `insert into ticket_number_blocks (workspace_id, next_number) values ($1, 1 + $2::bigint)
   on conflict (workspace_id) do update set next_number = ticket_number_blocks.next_number + $2::bigint
   returning next_number - $2::bigint as first`,
);

const smallest = 1;
const largest = 512;
/** A block used up faster than this is followed by a larger one. */
const hurryMs = 2_000;

type Block = { next: number; end: number; size: number; leasedAt: number };

export type Numbers = {
  /** `count` numbers, unique in the workspace for ever. A process that stops leaves a gap of what it had leased. */
  take(workspaceId: string, count: number): Promise<number[]>;
};

/** Ticket numbers from leased blocks: no row is hot, however many processes create tickets. Quiet workspaces lease one by one. */
export function createNumbers(db: Queryable, clock: Clock): Numbers {
  const blocks = new Map<string, Block>();
  const queues = new Map<string, Promise<unknown>>();

  async function refill(workspaceId: string, old: Block | undefined, needed: number): Promise<Block> {
    const now = clock.now().getTime();
    const hurried = old !== undefined && now - old.leasedAt < hurryMs;
    const size = Math.max(needed, hurried ? Math.min(old.size * 2, largest) : smallest);
    const [row] = await db.query<{ first: number }>(lease, [workspaceId, size]);
    if (!row) throw new Error("no block of numbers could be leased");
    return { next: row.first, end: row.first + size, size, leasedAt: now };
  }

  async function takeNow(workspaceId: string, count: number): Promise<number[]> {
    const numbers: number[] = [];
    while (numbers.length < count) {
      let block = blocks.get(workspaceId);
      if (!block || block.next >= block.end) {
        block = await refill(workspaceId, block, count - numbers.length);
        blocks.set(workspaceId, block);
      }
      numbers.push(block.next);
      block.next += 1;
    }
    return numbers;
  }

  return {
    take(workspaceId, count) {
      const turn = (queues.get(workspaceId) ?? Promise.resolve())
        .catch(() => undefined)
        .then(() => takeNow(workspaceId, count));
      queues.set(workspaceId, turn);
      return turn;
    },
  };
}
