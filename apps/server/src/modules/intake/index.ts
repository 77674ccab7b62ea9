// Intake: words from outside become tickets. Concurrent arrivals are committed together; a person's identity, a provider's message id
// and an idempotency key are unique in the database, so nothing is taken twice, whatever is delivered again or at once.
export {
  type CreateAnswer,
  type Created,
  type CreateTickets,
  createTicketIntake,
  insertDrafts,
} from "./create-tickets.ts";
export { scopeOf, type TicketDraft } from "./draft.ts";
export { createTicketOperation } from "./routes.ts";
