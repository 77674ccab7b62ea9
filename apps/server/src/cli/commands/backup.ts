import { resolve } from "node:path";
import { createDirectoryStorage } from "../../modules/files/index.ts";
import { createBackup } from "../../modules/operations/index.ts";
import { loadSecretKey } from "../../secret-key.ts";
import { type Command, onlyPositional } from "../command.ts";
import { withDatabaseSource } from "../installation.ts";
import { inWords, sum } from "../sizes.ts";

export const backupCommand: Command = {
  name: "backup",
  summary: "Backs up database and files while the server works",
  positionals: "<directory>",
  options: {
    "with-secret-key": {
      type: "boolean",
      about: "put the secret key in too; then keep the backup as safe as the key",
    },
  },
  notes: [
    "The directory must not exist, or be empty; it gets its name when the backup is complete.",
    "It holds customers' data and is readable by its owner alone. Copy it to another machine.",
    "Exit code 1 also when it is complete but files of the installation were missing.",
  ],
  async run(context) {
    const directory = resolve(onlyPositional(context, "directory for the backup"));
    const withSecretKey = context.has("with-secret-key");
    const started = performance.now();
    const { manifest, lost } = await withDatabaseSource(context, async (settings) => {
      const env = context.env();
      const storage = createDirectoryStorage(env.filesDir);
      return createBackup({
        settings,
        storage,
        directory,
        secretKey: await loadSecretKey(env),
        withSecretKey,
      });
    });
    const { tables, files } = manifest;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    context.say(`The backup is complete: ${directory} (${seconds} s)`);
    context.say(
      `  ${tables.length} tables, ${sum(tables.map(({ rows }) => rows))} rows, ${inWords(sum(tables.map(({ sizeBytes }) => sizeBytes)))} before compression`,
    );
    context.say(`  ${files.count} files, ${inWords(files.sizeBytes)}`);
    context.say(
      withSecretKey
        ? "  The secret key is in it."
        : "  The secret key is not in it: keep OKNO_SECRET_KEY, or the file secret-key of the data directory, elsewhere.",
    );
    for (const path of lost) context.say(`  Missing or damaged, so not in the backup: ${path}`);
    return lost.length > 0 ? 1 : 0;
  },
};
