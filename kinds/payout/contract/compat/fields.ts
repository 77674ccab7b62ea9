import { defineRoute, type Route } from "@okno/contract";
import { z } from "zod";

// The pieces of the compatible interface's contract: what every call carries, what every answer has.

export type CompatVersion = "v2" | "v3";

/** One method of the interface: what it takes besides the credentials, and what it answers besides the envelope. */
export type CompatMethod = { summary: string; body?: z.ZodRawShape; answer: z.ZodRawShape };

/** Money and prices: JSON numbers in version 2, texts in version 3; written exactly in both. */
export const money = { v2: z.number(), v3: z.string().regex(/^\d+(?:\.\d+)?$/u) };
/** An amount in a body: its own spelling is what is signed. */
export const amount = z.union([z.number(), z.string()]);
export const instant = z
  .string()
  .meta({ description: "UTC: `2023-01-01 11:11:11`, or as `date_format` asks" });
export const page = z.int().min(1).max(10_000);
export const items = z.int().min(1).max(100);
export const period = z.int().min(1).max(3660).optional().meta({ description: "Days back from now" });
export const signature = z.string().length(40);

const credentials = { auth_login: z.string(), auth_secret: z.string() };
const dateFormat = z.enum(["YYYY-MM-DD HH:mm:ss", "HH:mm:ss dd-MM-yyyy"]).optional();

/** Every body; the documented form alone: it is read from its text, number by number. */
function bodyOf(shape: z.ZodRawShape): z.ZodString {
  const { $schema: _, ...form } = z.toJSONSchema(
    z.looseObject({ ...credentials, ...shape, date_format: dateFormat }),
    { io: "input" },
  );
  return z.string().meta(form);
}

const refused = z.object({ error: z.literal(true), errors: z.array(z.string()).length(1) });

/** Every answer: what was asked for, or one text that says why not. */
function answerOf(shape: z.ZodRawShape) {
  return z.union([
    z.object({ error: z.literal(false), errors: z.array(z.string()).length(0), ...shape }),
    refused,
  ]);
}

/** The routes of one version, under `payoff/create` and the like. */
export function compatTable<Name extends string>(
  version: CompatVersion,
  methods: Readonly<Record<Name, CompatMethod>>,
): Record<Name, Route> {
  const routes = Object.entries<CompatMethod>(methods).map(([name, { summary, body = {}, answer }]) => [
    name,
    defineRoute({
      name: `compat.${version}.${name.replaceAll("/", ".")}`,
      method: "POST",
      path: `/compat/crystalpay/${version}/${name}/`,
      eitherSlash: true,
      summary,
      access: { by: "anyone" },
      rate: "merchant",
      body: bodyOf(body),
      keepsText: true,
      success: { status: 200, schema: answerOf(answer), produces: "application/json" },
      errors: [],
    }),
  ]);
  return Object.fromEntries(routes) as Record<Name, Route>;
}
