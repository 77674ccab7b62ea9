import { bulkRoutes } from "./resources/bulk.ts";
import { channelSecretRoutes } from "./resources/channel-secrets.ts";
import { confirmationRoutes } from "./resources/confirmations.ts";
import { contactFieldRoutes } from "./resources/contact-fields.ts";
import { contactRoutes } from "./resources/contacts.ts";
import { draftRoutes } from "./resources/drafts.ts";
import { eventRoutes } from "./resources/events.ts";
import { followerRoutes } from "./resources/followers.ts";
import { keySigningRoutes } from "./resources/key-signing.ts";
import { linkRoutes } from "./resources/links.ts";
import { mergingRoutes } from "./resources/merging.ts";
import { attachmentRoutes, messageRoutes } from "./resources/messages.ts";
import { notificationRoutes } from "./resources/notifications.ts";
import { keyRoutes, memberRoutes, sessionRoutes } from "./resources/people.ts";
import { presenceRoutes } from "./resources/presence.ts";
import { channelRoutes, labelRoutes, projectRoutes, topicRoutes } from "./resources/projects.ts";
import { pushRoutes } from "./resources/push.ts";
import { readMarkRoutes } from "./resources/read-marks.ts";
import { reportRoutes } from "./resources/reports.ts";
import { searchRoutes } from "./resources/search.ts";
import { stepUpRoutes } from "./resources/step-up.ts";
import { teamRoutes } from "./resources/teams.ts";
import { ticketActionRoutes, ticketRoutes } from "./resources/tickets.ts";
import { viewRoutes } from "./resources/views.ts";
import { webhookRoutes } from "./resources/webhooks.ts";

/** The API of the core, by resource. Kinds, channels and connectors bring their own tables, which the server composes. */
export const routes = {
  session: sessionRoutes,
  stepUp: stepUpRoutes,
  members: memberRoutes,
  keys: keyRoutes,
  keySigning: keySigningRoutes,
  projects: projectRoutes,
  topics: topicRoutes,
  labels: labelRoutes,
  teams: teamRoutes,
  views: viewRoutes,
  reports: reportRoutes,
  channels: channelRoutes,
  channelSecrets: channelSecretRoutes,
  tickets: ticketRoutes,
  actions: ticketActionRoutes,
  merging: mergingRoutes,
  bulk: bulkRoutes,
  messages: messageRoutes,
  drafts: draftRoutes,
  readMarks: readMarkRoutes,
  attachments: attachmentRoutes,
  confirmations: confirmationRoutes,
  contacts: contactRoutes,
  contactFields: contactFieldRoutes,
  followers: followerRoutes,
  links: linkRoutes,
  presence: presenceRoutes,
  notifications: notificationRoutes,
  push: pushRoutes,
  webhooks: webhookRoutes,
  search: searchRoutes,
  events: eventRoutes,
} as const;
