import type { ChannelServer, KindConfirmations } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database.ts";
import type { Catalogs } from "../settings/index.ts";
import type { FlowOf } from "../tickets/index.ts";
import type { Confirmations } from "./port.ts";
import type { ConfirmationSecrets } from "./secrets.ts";

export type ConfirmationDeps = {
  db: Database;
  clock: Clock;
  catalogs: Catalogs;
  flowOf: FlowOf;
  poke(): void;
  confirmations: Confirmations;
  confirmationSecrets: ConfirmationSecrets;
  channelTypes: ReadonlyMap<string, ChannelServer>;
  /** How a kind takes part; undefined where it takes none of its own. */
  kindConfirmations(kind: string): KindConfirmations | undefined;
  /** Where customers reach this installation; the caller's own address where it is not set. */
  publicUrl: string | undefined;
};
