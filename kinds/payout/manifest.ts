import { defineKind } from "@okno/kit";
import { payoutFlow } from "./flow.ts";

/** Money that a merchant sends out: created, confirmed exactly once, then paid or failed. */
export const payout = defineKind({ id: "payout", titleKey: "kind.payout", flow: payoutFlow });
