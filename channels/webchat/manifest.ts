import { cleanLine } from "@okno/contract";
import { defineChannelManifest } from "@okno/kit";
import { z } from "zod";

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
    typing: false,
    readReceipts: true,
    maxLength: 5000,
  },
  config: WebchatConfig,
});
