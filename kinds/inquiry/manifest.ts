import { defineKind } from "@okno/kit";
import { inquiryFlow } from "./flow.ts";

/** A customer asks something: the kind every installation has. */
export const inquiry = defineKind({ id: "inquiry", titleKey: "kind.inquiry", flow: inquiryFlow });
