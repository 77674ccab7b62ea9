// Push: a person's notifications at their browsers while the console is closed. Invariants: only push services are posted to; a
// subscription dies with its session; what was read, switched off or falls into quiet hours is not sent.
export { pushBindings } from "./routes.ts";
export { askForPush, pushJob } from "./send.ts";
export { createVapid, type Vapid } from "./vapid.ts";
