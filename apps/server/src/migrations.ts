import { type Migration, readMigrations } from "./platform/migrate.ts";
import { kinds } from "./registry.ts";

/** Every migration of this version: the core's, then those that kinds and connectors bring. */
export function allMigrations(): Migration[] {
  const core = readMigrations(new URL("../../../db/migrations/", import.meta.url));
  const brought = kinds.flatMap(({ migrations }) => (migrations ? readMigrations(migrations) : []));
  return [...core, ...brought].sort((a, b) => (a.name < b.name ? -1 : 1));
}
