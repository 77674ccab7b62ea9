import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Migration, migrate } from "../../../platform/migrate.ts";
import { startEmbeddedPostgres } from "../../../platform/postgres/index.ts";
import { createDirectoryStorage } from "../../files/index.ts";
import { type ChainReport, verifyChain } from "../../journal/index.ts";
import { queryableOf, withClient } from "../sql-client.ts";
import { copyFilesIn } from "./files.ts";
import { type Manifest, readManifest, requireKnownMigrations } from "./manifest.ts";
import { type Compared, RestoreDiffers, restoreDatabase } from "./restore-database.ts";

export type Rehearsal = {
  manifest: Manifest;
  compared: readonly Compared[];
  files: number;
  /** undefined when the rows already differ. */
  chain: ChainReport | undefined;
  good: boolean;
};

/** Restores a backup into a scratch directory with a PostgreSQL of its own, compares, and removes it. The installation is not touched. */
export async function rehearseRestore({
  directory,
  migrations,
}: {
  directory: string;
  migrations: readonly Migration[];
}): Promise<Rehearsal> {
  const manifest = await readManifest(directory);
  requireKnownMigrations(manifest, migrations);
  const scratch = await mkdtemp(join(tmpdir(), "okno-rehearsal-"));
  try {
    // It lives for minutes and is thrown away: no need to make it safe against a power cut.
    const settings = { fsync: "off", full_page_writes: "off", synchronous_commit: "off" };
    const postgres = await startEmbeddedPostgres({ dataDir: scratch, log: () => undefined, settings });
    try {
      const { compared } = await restoreDatabase({
        settings: postgres.connection,
        directory,
        manifest,
        migrations,
      });
      await migrate(postgres.connection, migrations);
      const files = await copyFilesIn(createDirectoryStorage(join(scratch, "files")), directory, manifest);
      const chain = await withClient(postgres.connection, (client) => verifyChain(queryableOf(client)));
      return { manifest, compared, files, chain, good: chain.brokenAt === undefined };
    } catch (error) {
      if (!(error instanceof RestoreDiffers)) throw error;
      return { manifest, compared: error.compared, files: 0, chain: undefined, good: false };
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
