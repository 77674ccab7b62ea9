import { type Migration, readMigrations } from "./platform/migrate.ts";

/** Every migration of this version: the core's, then those that kinds and connectors bring. */
export function allMigrations(): Migration[] {
  return readMigrations(new URL("../../../db/migrations/", import.meta.url));
}
