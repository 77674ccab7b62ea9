import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database.ts";

export type PeopleDeps = {
  db: Database;
  clock: Clock;
  /** Something was appended to the journal. */
  poke(): void;
  /** Sessions, keys or roles of this workspace changed: nothing cached about them is to be believed. */
  accessChanged(workspaceId: string): void;
  /** Where people reach this installation; the address of the request where unset. */
  publicUrl: string | undefined;
  /** Signs device cookies and blinds the buckets of failed sign-ins. */
  secret: string;
};
