/**
 * The database that needs no installation: real PostgreSQL from an npm package, started and stopped by Okno, one
 * Okno to a data directory, nothing lost by kill -9 of either.
 */
export { DataDirectoryInUse, EmbeddedPostgresUnavailable } from "./errors.ts";
export { type OpenPostgres, openEmbeddedPostgres } from "./open-embedded-postgres.ts";
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  type PostgresLog,
  startEmbeddedPostgres,
} from "./start-embedded-postgres.ts";
