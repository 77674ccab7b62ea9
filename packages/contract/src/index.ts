export { type ErrorCode, errorCodes } from "./errors.ts";
export { exampleId, fromPublicId, type IdKind, idPrefixes, idSchema, toPublicId } from "./ids.ts";
export { Instant, page, pageQuery } from "./paging.ts";
export { Problem } from "./problem.ts";
export { Actor } from "./resources/actors.ts";
export { Contact, ContactInput, Identity, IdentityKind } from "./resources/contacts.ts";
export { type EventType, eventTypes, JournalEvent, StreamEvent } from "./resources/events.ts";
export {
  Attachment,
  Message,
  MessageStatus,
  maxAttachmentsPerMessage,
  maxBodyLength,
  NewMessage,
} from "./resources/messages.ts";
export { Key, Locale, Me, Member, Preferences, Session } from "./resources/people.ts";
export {
  Channel,
  Label,
  labelHues,
  Project,
  Topic,
  topicsOffered,
  topicsPerLevel,
} from "./resources/projects.ts";
export {
  type ActionBodies,
  NewTicket,
  Phase,
  Priority,
  Progress,
  Ticket,
  TicketAction,
  TicketEvent,
  ticketSorts,
} from "./resources/tickets.ts";
export {
  type Access,
  type BodyInputOf,
  type BodyOf,
  defineRoute,
  type ParamsOf,
  type QueryInputOf,
  type QueryOf,
  type RateClass,
  type Role,
  type Route,
  roles,
  type Scope,
  type SuccessOf,
  scopes,
} from "./route.ts";
export { routes } from "./routes.ts";
export { body, cleanLine, cleanText, line } from "./text.ts";
