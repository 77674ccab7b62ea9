import { z } from "zod";

/** `?limit=&cursor=` of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(300).optional(),
};

/** `{ data, nextCursor }` of every list; `nextCursor` is null on the last page. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() });
}

export const Instant = z.iso
  .datetime({ offset: true })
  .meta({ id: "Instant", description: "RFC 3339, answered in UTC" });
