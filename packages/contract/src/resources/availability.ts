import { z } from "zod";
import { Instant } from "../paging.ts";

export const AvailabilityStatus = z.enum(["available", "busy", "away"]).meta({ id: "AvailabilityStatus" });
export type AvailabilityStatus = z.infer<typeof AvailabilityStatus>;

/** What a member has chosen for colleagues to see; available again after `until`. */
export const Availability = z
  .object({ status: AvailabilityStatus, until: Instant.nullable() })
  .meta({ id: "Availability" });
export type Availability = z.infer<typeof Availability>;
