// Messages and notes of tickets. An answer is guarded by what its author had seen; a message belongs to one ticket and is found only
// under it.
export { addMessage } from "./add.ts";
export { appendCustomerMessage } from "./customer-message.ts";
export { isInline, presentAttachment } from "./present.ts";
export { messageBindings } from "./routes.ts";
