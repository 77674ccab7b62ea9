import { verifyChain } from "../../modules/journal/index.ts";
import type { Command } from "../command.ts";
import { withDatabase } from "../installation.ts";

export const verifyJournalCommand: Command = {
  name: "verify-journal",
  summary: "Checks the whole journal: was any entry changed after it was written?",
  options: {},
  run: (context) =>
    withDatabase(context, async (db) => {
      const { checked, brokenAt } = await verifyChain(db.system);
      context.say(
        brokenAt === undefined
          ? `${checked} entries checked: the chain is unbroken.`
          : `The chain is broken at position ${brokenAt}: this entry, or its place, was changed after it was written. ${checked} entries before it are as they were.`,
      );
      return brokenAt === undefined ? 0 : 1;
    }),
};
