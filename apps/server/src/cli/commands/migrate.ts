import { allMigrations } from "../../migrations.ts";
import { migrate } from "../../platform/migrate.ts";
import type { Command } from "../command.ts";
import { withDatabaseSource } from "../installation.ts";

export const migrateCommand: Command = {
  name: "migrate",
  summary: "Brings the database to this version; the server does the same when it starts",
  options: {},
  run: (context) =>
    withDatabaseSource(context, async (settings) => {
      const applied = await migrate(settings, allMigrations());
      for (const name of applied) context.say(`applied ${name}`);
      context.say(
        applied.length > 0
          ? "The database is of this version now."
          : "The database is of this version already.",
      );
      return 0;
    }),
};
