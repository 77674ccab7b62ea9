import { createHmac, hkdfSync } from "node:crypto";
import type { CallbackPort, ConfirmationPort, KindPorts, OutgoingHttp } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database.ts";
import { gatherOf } from "../../platform/http/gather.ts";
import { newId } from "../../platform/ids.ts";
import { enqueueJob } from "../../platform/jobs.ts";
import type { Log } from "../../platform/log.ts";
import { createSealer } from "../../platform/seal.ts";
import { appendWorkspaceEvent } from "../journal/index.ts";
import { areMembers, personsBehind } from "../members/index.ts";
import type { Catalogs } from "../settings/index.ts";
import { createStepUp } from "../step-up/index.ts";
import type { FlowOf, Numbers } from "../tickets/index.ts";
import { createKindTickets } from "./tickets.ts";

export type KindDeps = {
  db: Database;
  clock: Clock;
  log: Log;
  numbers: Numbers;
  catalogs: Catalogs;
  flowOf: FlowOf;
  secretKey: string;
  confirmations: ConfirmationPort;
  callbacks: CallbackPort;
  outgoing: OutgoingHttp;
  /** The sequencer has work. */
  poke(): void;
  /** The worker of this process has a due job. */
  pokeWorker(): void;
};

function blindDigests(secretKey: string, purpose: string) {
  const key = Buffer.from(hkdfSync("sha256", secretKey, "okno", `blind ${purpose}`, 32));
  return (text: string, context: string) =>
    createHmac("sha256", key).update(context).update("\0").update(text).digest();
}

/** The ports of one kind: everything its server half may touch. Its sealed values open for no other kind. */
export function createKindPorts(deps: KindDeps, kind: string): KindPorts {
  const { db, clock, log } = deps;
  const { seal, open } = createSealer(deps.secretKey, `kind ${kind}`);
  return {
    clock,
    log,
    newId: () => newId(clock),
    db: {
      in: db.in,
      transaction: db.transaction,
      gathered: gatherOf(db),
      system: db.system,
      background: db.background,
    },
    tickets: createKindTickets(deps),
    confirmations: deps.confirmations,
    callbacks: deps.callbacks,
    outgoing: deps.outgoing,
    sealer: { seal, open, blind: blindDigests(deps.secretKey, `kind ${kind}`) },
    stepUp: createStepUp(deps),
    people: {
      behind: personsBehind,
      areMembers,
      async timeZoneOf(workspaceId, projectId) {
        const project = (await deps.catalogs.of(workspaceId)).projects.get(projectId);
        if (!project) throw new Error("a desk's project is in no catalogue");
        return project.time_zone;
      },
    },
    async enqueue(tx, job) {
      await enqueueJob(tx, { ...job, workspaceId: tx.workspaceId });
      tx.afterCommit(deps.pokeWorker);
    },
    async tell(tx, event) {
      await appendWorkspaceEvent(tx, { ...event, id: newId(clock), at: clock.now() });
      tx.afterCommit(deps.poke);
    },
  };
}
