// Webhooks: what the journal says, told to endpoints outside, and call-backs given for one ticket. A reader of the journal writes the
// deliveries down, a scheduler of their own sends them. Invariants: one entry is told to one endpoint under one id, at least once; what is
// told of one ticket is told in its order; a receiver that does not answer holds up nobody but itself; no address inside is called.
export { createCallbacks } from "./callbacks.ts";
export { webhookConsumer } from "./consume.ts";
export { forgetDeliveries } from "./forget.ts";
export { webhookBindings } from "./routes.ts";
export { type Deliveries, startDeliveries } from "./scheduler.ts";
export type { Webhooks } from "./webhooks.ts";
