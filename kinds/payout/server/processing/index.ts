import type { KindBinding, KindJob } from "@okno/kit";
import { providerCallBackRoute } from "../../provider-contract.ts";
import type { PayoutDeps } from "../core/deps.ts";
import { askBinding } from "./ask.ts";
import { hearCallBack } from "./call-back.ts";
import { expireJob } from "./expire.ts";
import { processJob } from "./process.ts";
import { createProcessors } from "./processors.ts";
import { providerBindings } from "./provider-routes.ts";
import { sandboxCallsBackJob } from "./sandbox.ts";
import { sweepStranded } from "./sweep.ts";

// Who moves the money, and how their word comes back: each order has one key, is sent once, and is asked for after that. The first final
// word counts, whoever brings it.
export function processingBindings(deps: PayoutDeps): KindBinding[] {
  return [
    ...providerBindings(deps),
    askBinding(deps, createProcessors(deps.ports)),
    { route: providerCallBackRoute, mode: "own", run: (call) => hearCallBack(deps, call) } as KindBinding,
  ];
}

export function processingJobs(deps: PayoutDeps): KindJob[] {
  return [processJob(deps, createProcessors(deps.ports)), sandboxCallsBackJob(deps), expireJob(deps)];
}

export function processingSchedules(deps: PayoutDeps) {
  const run = async () => void (await sweepStranded(deps));
  return [{ pattern: "47 * * * * *", name: "stranded payouts", run }];
}
