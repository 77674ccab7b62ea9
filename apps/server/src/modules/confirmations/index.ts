// Confirmations: demands that a party says "yes, this is right", bound to what was shown, with evidence chained link by link. GET never
// confirms; silence is neither yes nor no; of all demands of one purpose exactly one wins, and the database holds that too. A secret (a
// link's token, a code) is seen by its customer alone: members read it masked.
export type { ConfirmationDeps } from "./deps.ts";
export { expireConfirmationJob } from "./expire.ts";
export { confirmationPageBindings } from "./page/routes.ts";
export { type Confirmations, createConfirmations } from "./port.ts";
export { revealSecrets } from "./reveal.ts";
export { confirmationBindings } from "./routes.ts";
export { type ConfirmationSecrets, createConfirmationSecrets } from "./secrets.ts";
export { type ChainVerdict, verifyEvidence } from "./verify.ts";
