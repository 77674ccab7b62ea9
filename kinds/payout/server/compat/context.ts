import type { Actor } from "@okno/kit";
import type { CompatVersion } from "../../contract-compat.ts";
import type { PayoutDeps } from "../core/deps.ts";
import type { Desk } from "../core/desks.ts";
import type { RateSource } from "../core/rates.ts";
import type { DateFormat } from "./dates.ts";
import type { Fields } from "./fields.ts";
import { no } from "./refusal.ts";

/** One call whose credentials were right. */
export type CompatCall = {
  deps: PayoutDeps;
  rates: RateSource;
  version: CompatVersion;
  desk: Desk;
  fields: Fields;
  dates: DateFormat;
  requestId: string;
  /** SHA-256 of the body, hexadecimal: what evidence keeps of it. */
  bodyDigest: string;
  /** `https://host` as it was called. */
  origin: string;
};

/** What stands beside `error` and `errors`, in the order of the interface; or a table that is downloaded. */
export type CompatResult = Record<string, unknown> | CompatTable;
export class CompatTable {
  readonly csv: string;

  constructor(csv: string) {
    this.csv = csv;
  }
}

export type CompatHandler = (call: CompatCall) => Promise<CompatResult>;

/** Who acts in a call: the desk, by its own credentials. */
export const actorOf = (desk: Desk): Actor & { kind: "key" } => ({ kind: "key", id: desk.id });

/** A desk that was turned off reads and takes back, and does nothing else. */
export function requireEnabled(desk: Desk): void {
  if (desk.disabled_at) throw no("The cash desk is disabled");
}
