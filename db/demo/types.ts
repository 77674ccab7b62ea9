export type Locale = "ru" | "en";
export type DemoChannel = "api" | "form" | "webchat";
export type DemoPriority = "low" | "normal" | "high" | "urgent";
export type DemoRole = "owner" | "admin" | "supervisor" | "operator";

export type DemoProject = { key: string; name: string; locale: Locale; timeZone: string; accent: string };

export type DemoMember = {
  key: string;
  name: string;
  email: string;
  role: DemoRole;
  projects: string[];
  locale: Locale;
};

export type DemoTopic = { key: string; project: string; name: string; parent?: string };

export type DemoIdentity = { kind: "email" | "phone" | "webchat"; value: string };
export type DemoContact = { key: string; name: string; locale: Locale; identities: DemoIdentity[] };

export type DemoEventType =
  | "message"
  | "note"
  | "claim"
  | "assign"
  | "transfer"
  | "complete"
  | "postpone"
  | "reopen"
  | "set";

/**
 * One step in the life of a ticket. Which fields are filled depends on the type:
 * message, note → `body`; assign → `to`; transfer → `to` and `note`; complete → `outcome`;
 * postpone → `until` or `untilReply`; set → `set`.
 * A customer's message on a waiting or completed ticket brings it back by itself, without a `reopen`.
 */
export type DemoEvent = {
  at: Date;
  /** `customer` or the key of a member. */
  by: string;
  type: DemoEventType;
  body?: string;
  to?: string;
  until?: Date;
  untilReply?: true;
  outcome?: string;
  note?: string;
  set?: { topic?: string; priority?: DemoPriority; labels?: string[] };
};

/** `topic`, `priority` and `labels` are the values at creation; `set` events change them later. */
export type DemoTicket = {
  key: string;
  project: string;
  contact: string;
  channel: DemoChannel;
  subject: string;
  topic?: string;
  priority: DemoPriority;
  labels: string[];
  createdAt: Date;
  events: DemoEvent[];
};

export type DemoTeam = {
  key: string;
  project: string;
  name: string;
  hue: "blue" | "violet" | "amber";
  members: string[];
  topics: string[];
};

/** A view of one member, of a project, or, without both, of everybody. */
export type DemoView = {
  owner?: string;
  project?: string;
  name: string;
  icon: string;
  hue: string;
  sort: string;
  condition: { all: readonly object[] };
};

export type DemoContactField = {
  project: string;
  name: string;
  kind: "text" | "choice" | "boolean";
  choices?: string[];
  values: (string | boolean)[];
};

export type Demo = {
  workspace: { name: string };
  projects: DemoProject[];
  members: DemoMember[];
  topics: DemoTopic[];
  contacts: DemoContact[];
  tickets: DemoTicket[];
};
