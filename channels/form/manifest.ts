import { cleanLine, cleanText, idSchema, topicsOffered } from "@okno/contract";
import { defineChannelManifest } from "@okno/kit";
import { z } from "zod";

export const FormConfig = z.object({
  title: z
    .string()
    .max(80)
    .overwrite(cleanLine)
    .optional()
    .describe("The page's heading; «Напишите нам» if absent"),
  intro: z.string().max(500).overwrite(cleanText).optional().describe("A sentence or two under the heading"),
  topics: z
    .array(idSchema("topic"))
    .max(topicsOffered, { error: `a customer is offered at most ${topicsOffered} topics` })
    .refine((topics) => new Set(topics).size === topics.length, { error: "a topic stands here twice" })
    .default([])
    .describe("What the customer may choose from; with fewer than two nothing is asked"),
});
export type FormConfig = z.infer<typeof FormConfig>;

/** A hosted page with a form, which a site may also embed; the answer is read, and written back, on a private page. */
export const formChannel = defineChannelManifest({
  type: "form",
  titleKey: "channel.form",
  capabilities: {
    dialogue: true,
    reopenWithinHours: 72,
    delivery: "pull",
    attachments: true,
    typing: false,
    readReceipts: true,
    maxLength: 5000,
  },
  config: FormConfig,
});
