import { z } from "zod";
import { type ErrorCode, errorCodes } from "./errors.ts";

/** RFC 9457 problem details, with Okno's stable `code`, the request's id and every invalid field at once. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string().optional(),
    requestId: z.string(),
    retryable: z.boolean(),
    errors: z
      .array(
        z.object({
          pointer: z.string().describe("JSON pointer, with `query` or `path` before it outside the body"),
          message: z.string(),
        }),
      )
      .optional(),
    details: z
      .record(z.string(), z.unknown())
      .optional()
      .describe("What the code is about: who claimed it, what is newer, which limit"),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;
