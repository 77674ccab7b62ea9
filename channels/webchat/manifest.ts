import { cleanLine } from "@okno/contract";
import { defineChannelManifest } from "@okno/kit";
import { z } from "zod";
import { parseHours } from "./hours.ts";

/** A web origin as it stands in `frame-ancestors`: nothing in it can end the directive. */
const Origin = z
  .string()
  .max(200)
  .refine(
    (value) => /^https?:$/u.test(URL.parse(value)?.protocol ?? "") && URL.parse(value)?.origin === value,
    {
      error: "an origin like https://shop.example, without a path",
    },
  );

export const WebchatConfig = z.object({
  title: z
    .string()
    .max(60)
    .overwrite(cleanLine)
    .optional()
    .describe("Stands over the conversation; the project's name if absent"),
  greeting: z.string().max(300).overwrite(cleanLine).optional().describe("The first words a visitor sees"),
  allowedOrigins: z
    .array(Origin)
    .max(50)
    .optional()
    .describe("Sites that may show the chat; every site if absent"),
  hours: z
    .array(
      z
        .string()
        .max(100)
        .refine((line) => parseHours(line) !== undefined, {
          error: "a line like `mon-fri 9:00-18:00`, `sat 10:00-14:00` or `2026-12-31 closed`",
        }),
    )
    .max(100)
    .optional()
    .describe(
      "When somebody is there, in the project's time zone; a date goes by its own lines. Always if absent",
    ),
  promise: z
    .enum(["measured", "text", "none"])
    .default("measured")
    .describe(
      "What is said of the time of an answer: measured over the last two weeks, your own words, or nothing",
    ),
  promiseText: z.string().max(120).overwrite(cleanLine).optional().describe("Your own words"),
  rating: z
    .enum(["five", "two", "off"])
    .default("five")
    .describe("What is asked when a matter is completed: 1 to 5, good or bad, nothing"),
});
export type WebchatConfig = z.infer<typeof WebchatConfig>;

/** A chat on the customer's site: one conversation a visitor, kept across reloads and visits. */
export const webchatChannel = defineChannelManifest({
  type: "webchat",
  titleKey: "channel.webchat",
  capabilities: {
    dialogue: true,
    reopenWithinHours: 72,
    delivery: "pull",
    attachments: true,
    typing: true,
    readReceipts: true,
    maxLength: 5000,
  },
  config: WebchatConfig,
});
