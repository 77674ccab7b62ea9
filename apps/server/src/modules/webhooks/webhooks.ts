import type { WorkSignal } from "../../platform/jobs.ts";
import type { Sealer } from "../../platform/seal.ts";

/** What all parts of the webhooks share in a process: the word that something is to be sent, and what opens the secrets. */
export type Webhooks = WorkSignal & { sealer: Sealer };
