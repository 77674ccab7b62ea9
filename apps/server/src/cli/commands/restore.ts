import { resolve } from "node:path";
import { allMigrations } from "../../migrations.ts";
import {
  type Rehearsal,
  type Restored,
  rehearseRestore,
  restoreDataDirectory,
  restoreInto,
} from "../../modules/operations/index.ts";
import { type Command, type Context, onlyPositional, UsageError } from "../command.ts";
import { sum } from "../sizes.ts";

function showRehearsal({ say }: Context, { compared, files, manifest, chain, good }: Rehearsal): void {
  const width = Math.max(...compared.map(({ name }) => name.length));
  say(`${"table".padEnd(width)}  ${"backup".padStart(10)}  ${"restored".padStart(10)}  checksums`);
  for (const { name, expected, found, equal } of compared)
    say(
      `${name.padEnd(width)}  ${String(expected.rows).padStart(10)}  ${String(found.rows).padStart(10)}  ${equal ? "equal" : "DIFFER"}`,
    );
  say("");
  if (chain) {
    say(`files: ${files} of ${manifest.files.count}, checksums equal`);
    say(
      chain.brokenAt === undefined
        ? `journal: ${chain.checked} entries, the chain is unbroken`
        : `journal: the chain is broken at position ${chain.brokenAt}`,
    );
  }
  say(
    good
      ? "The backup can be restored. The scratch installation is removed."
      : "The backup can NOT be restored as it was.",
  );
}

const keyWords = {
  restored: "The secret key came from the backup.",
  given: "The secret key is the one that was given, and it is the right one.",
  needed:
    "Before you start: give it the old installation's secret key, as OKNO_SECRET_KEY or as the file secret-key of the data directory.",
};

function showRestored({ say }: Context, { compared, files, position, secretKey, manifest }: Restored): void {
  say(`Restored as of ${manifest.startedAt}:`);
  say(
    `  ${compared.length} tables, ${sum(compared.map(({ found }) => found.rows))} rows; counts and checksums are equal to the backup's`,
  );
  say(`  ${files} files; checksums are equal`);
  say(`  The journal goes on after position ${position} in a new epoch; readers' cursors stay good.`);
  say(`  ${keyWords[secretKey]}`);
  if (manifest.files.missing.length > 0)
    say(`  ${manifest.files.missing.length} files were missing when the backup was made.`);
}

async function rehearse(context: Context, directory: string): Promise<number> {
  if (context.text("data-dir") !== undefined)
    throw new UsageError("--rehearse takes no --data-dir: it restores into a scratch directory");
  const rehearsal = await rehearseRestore({ directory, migrations: allMigrations() });
  showRehearsal(context, rehearsal);
  return rehearsal.good ? 0 : 1;
}

export const restoreCommand: Command = {
  name: "restore",
  summary: "Restores a backup into a new data directory or an empty database, or rehearses it",
  positionals: "<backup>",
  options: {
    "data-dir": {
      type: "string",
      value: "<directory>",
      about: "a new data directory, with the embedded database",
    },
    rehearse: { type: "boolean", about: "restore into a scratch directory, compare, and remove it" },
  },
  notes: [
    "Without --data-dir it restores into the empty database of DATABASE_URL and the empty directory OKNO_FILES_URL.",
    "Nothing that exists is overwritten. TMPDIR says where a rehearsal has its scratch directory.",
  ],
  async run(context) {
    const directory = resolve(onlyPositional(context, "backup"));
    if (context.has("rehearse")) return rehearse(context, directory);
    const dataDir = context.text("data-dir");
    const env = context.env();
    const common = { directory, migrations: allMigrations(), secretKey: env.secretKey };
    if (dataDir !== undefined) showRestored(context, await restoreDataDirectory({ ...common, dataDir }));
    else if (env.databaseUrl !== undefined)
      showRestored(
        context,
        await restoreInto({
          ...common,
          settings: { connectionString: env.databaseUrl },
          filesDir: env.filesDir,
        }),
      );
    else
      throw new UsageError(
        "say where to: --data-dir <new directory>, or set DATABASE_URL to an empty database",
      );
    return 0;
  },
};
