import { Topic } from "@okno/contract";
import { expect, test } from "vitest";
import { z } from "zod";
import { configFields, filledIn } from "./config-schema.ts";

const schema = z.toJSONSchema(
  z.object({
    title: z.string().max(60).optional().describe("Heading"),
    greeting: z.string().max(300).optional(),
    origins: z.array(z.string()).max(50).optional(),
    topics: z.array(Topic.shape.id).max(5).default([]),
    quiet: z.boolean().default(false),
    hours: z.int().optional(),
    side: z.enum(["left", "right"]).default("right"),
    nested: z.object({ more: z.string() }).optional(),
  }),
  { io: "input" },
);

test("every setting of a channel's schema gets its kind of field, in the schema's order", () => {
  expect(configFields(schema).map(({ name, kind }) => [name, kind])).toEqual([
    ["title", "text"],
    ["greeting", "long"],
    ["origins", "lines"],
    ["topics", "topics"],
    ["quiet", "boolean"],
    ["hours", "number"],
    ["side", "choice"],
  ]);
});

test("limits, options and descriptions come from the schema", () => {
  const fields = new Map(configFields(schema).map((field) => [field.name, field]));
  expect(fields.get("title")).toMatchObject({ maxLength: 60, description: "Heading" });
  expect(fields.get("topics")).toMatchObject({ maxItems: 5 });
  expect(fields.get("side")?.options).toEqual(["left", "right"]);
});

test("a schema that describes nothing gives no fields", () => {
  expect(configFields({})).toEqual([]);
  expect(configFields({ type: "object", properties: {} })).toEqual([]);
});

test("settings left empty are not sent, false and zero are", () => {
  expect(filledIn({ title: "", topics: [], quiet: false, hours: 0, side: "left", gone: undefined })).toEqual({
    quiet: false,
    hours: 0,
    side: "left",
  });
});
