import { refuse, type StepUpPort } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database.ts";
import { createCodeKeys } from "./codes.ts";
import { findStepUp } from "./queries.ts";
import { takeCode } from "./take.ts";

type StepUpDeps = { db: Database; clock: Clock; secretKey: string };

/** What asks a person to prove anew who they are. */
export function createStepUp({ db, clock, secretKey }: StepUpDeps): StepUpPort {
  const deps = { db, clock, keys: createCodeKeys(secretKey) };
  return {
    async require({ workspaceId, id, sessionId }, code) {
      // A key has no person to ask.
      if (sessionId === null) throw refuse("forbidden");
      const whose = { workspaceId, memberId: id, sessionId };
      const { enrolledAt, provenUntil } = await findStepUp(db.in(workspaceId), whose, clock.now());
      if (code !== undefined && enrolledAt !== null)
        return takeCode(deps, whose, { code }, async () => undefined);
      if (provenUntil === null) throw refuse("step_up_required", { enrolled: enrolledAt !== null });
    },
  };
}
