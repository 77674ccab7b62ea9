import { z } from "zod";

/** Who did something. `id` is a contact, member or key id; null for the system itself. */
export const Actor = z
  .object({
    kind: z.enum(["contact", "member", "key", "system"]),
    id: z.string().nullable(),
    name: z.string().nullable().meta({ personal: true }),
  })
  .meta({ id: "Actor" });
export type Actor = z.infer<typeof Actor>;
