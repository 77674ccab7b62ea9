import { contactRoutes } from "./resources/contacts.ts";
import { eventRoutes } from "./resources/events.ts";
import { attachmentRoutes, messageRoutes } from "./resources/messages.ts";
import { keyRoutes, memberRoutes, sessionRoutes } from "./resources/people.ts";
import { channelRoutes, labelRoutes, projectRoutes, topicRoutes } from "./resources/projects.ts";
import { ticketActionRoutes, ticketRoutes } from "./resources/tickets.ts";

/** The API of the core, by resource. Kinds, channels and connectors bring their own tables, which the server composes. */
export const routes = {
  session: sessionRoutes,
  members: memberRoutes,
  keys: keyRoutes,
  projects: projectRoutes,
  topics: topicRoutes,
  labels: labelRoutes,
  channels: channelRoutes,
  tickets: ticketRoutes,
  actions: ticketActionRoutes,
  messages: messageRoutes,
  attachments: attachmentRoutes,
  contacts: contactRoutes,
  events: eventRoutes,
} as const;
