import { defineKindServer, type KindPorts } from "@okno/kit";
import { payoutTables } from "../contract.ts";
import { payoutApprovalRoutes } from "../contract-approvals.ts";
import { compatRoutes } from "../contract-compat.ts";
import { payoutConsoleRoutes } from "../contract-console.ts";
import { payout } from "../manifest.ts";
import { providerCallBackRoute } from "../provider-contract.ts";
import { apiBindings, apiSchedules } from "./api/index.ts";
import { approvalBindings, payoutConfirmations } from "./approvals/index.ts";
import { compatBindings, payInvoiceJob, tellMerchantBy } from "./compat/index.ts";
import { consoleBindings } from "./console/index.ts";
import type { PayoutDeps } from "./core/deps.ts";
import { payoutDemo } from "./demo.ts";
import { processingBindings, processingJobs, processingSchedules } from "./processing/index.ts";

const depsOf = (ports: KindPorts): PayoutDeps => ({ ports, tellMerchant: tellMerchantBy(ports) });

/** The server half of payouts. */
export const payoutServer = defineKindServer({
  manifest: payout,
  migrations: new URL("../migrations/", import.meta.url),
  routes: {
    ...payoutTables,
    ...compatRoutes,
    payoutApprovals: payoutApprovalRoutes,
    payoutConsole: payoutConsoleRoutes,
    payoutProviderCallBacks: { callBack: providerCallBackRoute },
  },
  bindings(ports) {
    const deps = depsOf(ports);
    return [
      ...apiBindings(deps),
      ...compatBindings(deps),
      ...approvalBindings(deps),
      ...processingBindings(deps),
      ...consoleBindings(deps),
    ];
  },
  jobs(ports) {
    const deps = depsOf(ports);
    return [...processingJobs(deps), payInvoiceJob(deps)];
  },
  confirmations: (ports) => payoutConfirmations(depsOf(ports)),
  demo: payoutDemo,
  schedules(ports) {
    const deps = depsOf(ports);
    return [...processingSchedules(deps), ...apiSchedules(deps)];
  },
});
