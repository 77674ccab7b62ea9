export { type ErrorCode, errorCodes } from "./errors.ts";
export {
  DeskId,
  exampleId,
  fromPublicId,
  type IdKind,
  idPrefixes,
  idSchema,
  KeyId,
  MemberId,
  PayoutId,
  ProjectId,
  QuoteId,
  TicketId,
  toPublicId,
} from "./ids.ts";
export { Instant, page, pageQuery } from "./paging.ts";
export { Problem } from "./problem.ts";
export { Actor } from "./resources/actors.ts";
export { Availability, AvailabilityStatus } from "./resources/availability.ts";
export {
  Bulk,
  BulkAction,
  type BulkInput,
  type BulkMatch,
  BulkPreview,
  maxBulkTickets,
} from "./resources/bulk.ts";
export { ChannelSecret, maxChannelSecrets } from "./resources/channel-secrets.ts";
export {
  type Condition,
  type ConditionField,
  conditionDepth,
  conditionFields,
  conditionsPerView,
  type Duration,
  durationUnits,
  readCondition,
  type Statement as ConditionStatement,
} from "./resources/conditions.ts";
export {
  AskedConfirmation,
  Confirmation,
  ConfirmationAnswer,
  ConfirmationEvidence,
  ConfirmationMethod,
  ConfirmationStatus,
  confirmationPageRoutes,
  maxApprovers,
  maxCodeAttempts,
  maxConfirmationMinutes,
  maxConfirmationText,
  NewConfirmation,
} from "./resources/confirmations.ts";
export {
  ContactField,
  ContactFieldKind,
  ContactFieldValue,
  contactFieldKinds,
  contactFieldsPerProject,
} from "./resources/contact-fields.ts";
export { Contact, ContactInput, Identity, IdentityKind } from "./resources/contacts.ts";
export { BegunDraft, maxDraftsPerPerson } from "./resources/drafts.ts";
export { type EventType, eventTypes, JournalEvent, StreamEvent } from "./resources/events.ts";
export { Follower, maxFollowersPerTicket } from "./resources/followers.ts";
export { KeySigning, signatureWindowSeconds } from "./resources/key-signing.ts";
export { maxLinksPerTicket, Relation, TicketLink } from "./resources/links.ts";
export { MergedTickets } from "./resources/merging.ts";
export {
  Attachment,
  Draft,
  DraftInput,
  Mention,
  Message,
  MessageStatus,
  maxAttachmentsPerMessage,
  maxBodyLength,
  maxHoldSeconds,
  maxMentionsPerNote,
  NewMessage,
  ThenAct,
} from "./resources/messages.ts";
export {
  Notification,
  NotificationFrame,
  type NotificationKind,
  NotificationSettings,
  type NotificationWay,
  notificationKinds,
  notificationWays,
  QuietHours,
} from "./resources/notifications.ts";
export { Key, Locale, Me, Member, Preferences, Session } from "./resources/people.ts";
export { Doing, PresenceFrame } from "./resources/presence.ts";
export {
  Channel,
  Label,
  labelHues,
  Project,
  Topic,
  topicsOffered,
  topicsPerLevel,
} from "./resources/projects.ts";
export type { PushMessage } from "./resources/push.ts";
export { UnansweredReport, unansweredBands } from "./resources/reports.ts";
export {
  SearchHit,
  SearchResult,
  SearchTotal,
  SearchUnderstood,
  searchCountCap,
  searchProblems,
} from "./resources/search.ts";
export { StepUp, stepUpMinutes } from "./resources/step-up.ts";
export { membersPerTeam, Team } from "./resources/teams.ts";
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
export { View, ViewCount, viewCountCap, viewIcons, viewsPerPerson } from "./resources/views.ts";
export {
  hearsEvent,
  maxWebhooks,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryDetail,
  type WebhookError,
  WebhookPayload,
  WebhookTicket,
  webhookLogDays,
  webhookPatienceHours,
  webhookSchedule,
} from "./resources/webhooks.ts";
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
