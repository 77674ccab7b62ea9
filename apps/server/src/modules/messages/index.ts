// Messages and notes of tickets. An answer is guarded by what its author had seen; a message belongs to one ticket and is found only
// under it. A reply may be held for some seconds: stored and seen by colleagues, not yet by the customer; then either its author takes it
// back or a job releases it, and the ticket's row lock decides between the two.
export { addMessage } from "./add.ts";
export { appendCustomerMessage } from "./customer-message.ts";
export { type FirstWords, holdFirstWords, preferredHoldSeconds } from "./hold.ts";
export { readMarkBindings } from "./mark-read.ts";
export { releaseJob } from "./release.ts";
export { messageBindings } from "./routes.ts";
