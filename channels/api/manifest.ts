import { defineChannelManifest } from "@okno/kit";
import { z } from "zod";

/** Tickets that integrators open by `POST /v1/tickets`; answers are read by the API, the journal and, later, webhooks. */
export const apiChannel = defineChannelManifest({
  type: "api",
  titleKey: "channel.api",
  capabilities: {
    dialogue: false,
    reopenWithinHours: 0,
    delivery: "pull",
    attachments: true,
    typing: false,
    readReceipts: false,
    maxLength: 50_000,
  },
  config: z.object({}),
});
