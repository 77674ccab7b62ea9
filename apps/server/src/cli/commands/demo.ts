import { OperationError } from "../../modules/operations/index.ts";
import { listWorkspaces } from "../../modules/workspaces/index.ts";
import type { Command } from "../command.ts";
import { withApp } from "../installation.ts";

export const demoCommand: Command = {
  name: "demo",
  summary: "Loads the demo workspace into an installation that has none",
  options: {},
  run: (context) =>
    withApp(context, async (app) => {
      const names = (await listWorkspaces(app.core.db.system)).map(({ name }) => name).join(", ");
      if (names)
        throw new OperationError(
          `the demo is for an installation without workspaces; this one has: ${names}`,
        );
      const { loadDemo } = await import("../../demo/load.ts");
      for (const line of await loadDemo(app)) context.say(line);
      return 0;
    }),
};
