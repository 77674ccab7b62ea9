import type { z } from "zod";
import { UsageError } from "./command.ts";

/** What was typed, by the schema of the API's own call. @throws UsageError naming everything that is wrong. */
export function checked<S extends z.ZodType>(schema: S | undefined, input: z.input<S>): z.output<S> {
  if (!schema) throw new Error("the route takes no body");
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new UsageError(
    parsed.error.issues.map(({ path, message }) => `${path.join(".") || "value"}: ${message}`).join("\n"),
  );
}
