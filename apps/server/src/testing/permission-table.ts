import { type CallerName, callerNames, type Place } from "./world.ts";

// Who may do what, as data: role × resource × path, each upon the first project.

/**
 * `yes`: done or shown · `hidden`: answered, and the thing is not in the answer · `own`: answered with the caller's own · a number: refused.
 * The last column is a key that holds everything but the route's scope.
 */
type Outcome = "yes" | "hidden" | "own" | 401 | 403 | 404 | 422;
type Column = CallerName | "keyWithout";
type Row = Record<Column, Outcome>;

export const columns = [...callerNames, "keyWithout"] as const;

function row(...outcomes: Outcome[]): Row {
  return Object.fromEntries(columns.map((column, index) => [column, outcomes[index]])) as Row;
}

//                     anonymous nobody elsewhere adminElsewhere operator supervisor admin  owner foreigner keyWithout
const one = /*      */ row(401, 403, 404, 404, "yes", "yes", "yes", "yes", 404, 403);
const list = /*     */ row(401, 403, "hidden", "hidden", "yes", "yes", "yes", "yes", "hidden", 403);
//                     (views of a project are changed by its supervisors)
const supervisorsOne = row(401, 403, 404, 404, 403, "yes", "yes", "yes", 404, 403);
const adminsOne = /**/ row(401, 403, 403, 404, 403, 403, "yes", "yes", 404, 403);
const adminsList = /**/ row(401, 403, 403, "hidden", 403, 403, "yes", "yes", "hidden", 403);
const adminsNew = /**/ row(401, 403, 403, 422, 403, 403, "yes", "yes", 422, 403);
const peoplesOne = /**/ row(401, 404, 404, 404, "yes", "yes", "yes", "yes", 404, 403);
const personal = /* */ row(401, "own", "own", "own", "own", "own", "own", "own", "own", 403);

const ownBulk = row(401, 403, "own", "own", "own", "own", "own", "own", "own", 403);
const othersBulk = row(401, 403, 404, 404, 404, 404, 404, 404, 404, 403);

//                     (of money: a person needs the role, a key the scope)
const fundsOf = /*  */ row(401, 403, 404, 404, 403, "yes", "yes", "yes", 404, 403);
const moneyNew = /* */ row(401, 403, 422, 422, 403, "yes", "yes", "yes", 422, 403);
const moneyMove = /**/ row(401, 403, 404, 404, 403, 403, "yes", "yes", 404, 403);
const everyones = /**/ row(401, 403, "own", "own", "own", "own", "own", "own", "own", 403);

export type Expectation = {
  resource: string;
  path: "list" | "get" | "act";
  expect: Row;
  shows?: keyof Place;
};

export const permissionTable: Record<string, Expectation> = {
  "tickets.list": { resource: "ticket", path: "list", expect: list, shows: "ticket" },
  "tickets.counts": { resource: "ticket", path: "list", expect: list, shows: "project" },
  "tickets.get": { resource: "ticket", path: "get", expect: one },
  "tickets.events": { resource: "event", path: "get", expect: one },
  "tickets.create": {
    resource: "ticket",
    path: "act",
    expect: row(401, 403, 422, 422, "yes", "yes", "yes", "yes", 422, 403),
  },
  "tickets.claim": { resource: "ticket", path: "act", expect: one },
  "tickets.assign": { resource: "ticket", path: "act", expect: one },
  "tickets.transfer": { resource: "ticket", path: "act", expect: one },
  "tickets.complete": { resource: "ticket", path: "act", expect: one },
  "tickets.postpone": { resource: "ticket", path: "act", expect: one },
  "tickets.reopen": { resource: "ticket", path: "act", expect: one },
  "tickets.set": { resource: "ticket", path: "act", expect: one },
  "messages.list": { resource: "message", path: "list", expect: one },
  "messages.get": { resource: "message", path: "get", expect: one },
  // Whose tickets it is about is looked at one by one; a bulk itself belongs to whoever began it, here a key.
  "bulk.preview": { resource: "bulk", path: "act", expect: ownBulk },
  "bulk.start": { resource: "bulk", path: "act", expect: ownBulk },
  "bulk.list": { resource: "bulk", path: "list", expect: ownBulk },
  "bulk.get": { resource: "bulk", path: "get", expect: othersBulk },
  "bulk.cancel": { resource: "bulk", path: "act", expect: othersBulk },
  "bulk.undo": { resource: "bulk", path: "act", expect: othersBulk },
  "tickets.merge": { resource: "ticket", path: "act", expect: one },
  "tickets.unmerge": { resource: "ticket", path: "act", expect: one },
  "messages.split": { resource: "message", path: "act", expect: one },
  "messages.add": { resource: "message", path: "act", expect: one },
  // Only its author may, and here that is a key.
  "messages.withdraw": {
    resource: "message",
    path: "act",
    expect: row(401, 403, 404, 404, 403, 403, 403, 403, 404, 403),
  },
  "drafts.list": { resource: "draft", path: "list", expect: personal },
  "drafts.get": { resource: "draft", path: "get", expect: peoplesOne },
  "drafts.put": { resource: "draft", path: "act", expect: peoplesOne },
  "drafts.remove": { resource: "draft", path: "act", expect: peoplesOne },
  "attachments.get": { resource: "attachment", path: "get", expect: one },
  "attachments.upload": {
    resource: "attachment",
    path: "act",
    expect: row(401, 403, "own", "own", "own", "own", "own", "own", "own", 403),
  },
  "contacts.list": { resource: "contact", path: "list", expect: list, shows: "contact" },
  "contacts.get": { resource: "contact", path: "get", expect: one },
  "contacts.update": { resource: "contact", path: "act", expect: one },
  "contacts.create": {
    resource: "contact",
    path: "act",
    expect: row(401, 403, 422, 422, "yes", "yes", "yes", "yes", 422, 403),
  },
  "contacts.addIdentity": { resource: "identity", path: "act", expect: one },
  "contacts.updateIdentity": { resource: "identity", path: "act", expect: one },
  "contacts.removeIdentity": { resource: "identity", path: "act", expect: one },
  "contacts.merge": { resource: "contact", path: "act", expect: one },
  "contacts.unmerge": { resource: "contact", path: "act", expect: one },
  "contactFields.list": { resource: "contact field", path: "list", expect: list, shows: "contactField" },
  "contactFields.create": { resource: "contact field", path: "act", expect: adminsNew },
  "contactFields.update": { resource: "contact field", path: "act", expect: adminsOne },
  "contactFields.archive": { resource: "contact field", path: "act", expect: adminsOne },
  "search.tickets": { resource: "ticket", path: "list", expect: list, shows: "ticket" },
  "search.suggest": {
    resource: "contact",
    path: "list",
    expect: row(401, 403, "own", "own", "own", "own", "own", "own", "own", 403),
  },
  "events.list": { resource: "event", path: "list", expect: list, shows: "ticket" },
  "events.stream": { resource: "stream", path: "list", expect: list, shows: "ticket" },
  "projects.list": { resource: "project", path: "list", expect: list, shows: "project" },
  "projects.create": {
    resource: "project",
    path: "act",
    expect: row(401, 403, 403, 403, 403, 403, 403, "yes", "own", 403),
  },
  "projects.update": { resource: "project", path: "act", expect: adminsOne },
  "topics.list": { resource: "topic", path: "list", expect: list, shows: "topic" },
  "topics.report": {
    resource: "topic",
    path: "list",
    expect: row(401, 403, 403, "own", 403, "own", "own", "own", "own", 403),
  },
  "topics.create": { resource: "topic", path: "act", expect: adminsNew },
  "topics.update": { resource: "topic", path: "act", expect: adminsOne },
  "topics.archive": { resource: "topic", path: "act", expect: adminsOne },
  "labels.list": { resource: "label", path: "list", expect: list, shows: "label" },
  "labels.create": { resource: "label", path: "act", expect: adminsNew },
  "labels.update": { resource: "label", path: "act", expect: adminsOne },
  "teams.list": { resource: "team", path: "list", expect: list, shows: "team" },
  "teams.create": { resource: "team", path: "act", expect: adminsNew },
  "teams.update": { resource: "team", path: "act", expect: adminsOne },
  "teams.archive": { resource: "team", path: "act", expect: adminsOne },
  "views.list": { resource: "view", path: "list", expect: list, shows: "view" },
  "views.counts": { resource: "view", path: "list", expect: list, shows: "view" },
  "views.count": {
    resource: "ticket",
    path: "list",
    expect: row(401, 403, "own", "own", "own", "own", "own", "own", "own", 403),
  },
  "views.get": { resource: "view", path: "get", expect: one },
  "views.create": {
    resource: "view",
    path: "act",
    expect: row(401, 403, 422, 422, 403, "yes", "yes", "yes", 422, 403),
  },
  "views.update": { resource: "view", path: "act", expect: supervisorsOne },
  "views.delete": { resource: "view", path: "act", expect: supervisorsOne },
  "views.restore": { resource: "view", path: "act", expect: supervisorsOne },
  "views.arrange": {
    resource: "view",
    path: "act",
    expect: row(401, 403, "own", "own", "own", "own", "own", "own", "own", 403),
  },
  "reports.unanswered": { resource: "ticket", path: "list", expect: list, shows: "project" },
  "channels.list": { resource: "channel", path: "list", expect: list, shows: "channel" },
  "channels.types": {
    resource: "channel",
    path: "get",
    expect: row(401, 403, "own", "own", "own", "own", "own", "own", "own", 403),
  },
  "channels.create": { resource: "channel", path: "act", expect: adminsNew },
  "channels.update": { resource: "channel", path: "act", expect: adminsOne },
  "channelSecrets.list": { resource: "channel", path: "get", expect: adminsOne },
  "channelSecrets.create": { resource: "channel", path: "act", expect: adminsOne },
  "channelSecrets.remove": { resource: "channel", path: "act", expect: adminsOne },
  "readMarks.mark": { resource: "message", path: "act", expect: one },
  "members.list": { resource: "member", path: "list", expect: list, shows: "member" },
  "members.invite": { resource: "member", path: "act", expect: adminsNew },
  "members.update": { resource: "member", path: "act", expect: adminsOne },
  "members.link": { resource: "member", path: "act", expect: adminsOne },
  "keys.list": { resource: "key", path: "list", expect: adminsList, shows: "key" },
  "keys.create": { resource: "key", path: "act", expect: adminsNew },
  "keySigning.get": { resource: "key", path: "get", expect: adminsOne },
  "keySigning.put": { resource: "key", path: "act", expect: adminsOne },
  "keySigning.remove": { resource: "key", path: "act", expect: adminsOne },
  "keys.revoke": { resource: "key", path: "act", expect: adminsOne },
  "sessions.me": { resource: "session", path: "get", expect: personal },
  "sessions.list": { resource: "session", path: "list", expect: personal },
  "stepUp.get": { resource: "session", path: "get", expect: personal },
  "followers.list": { resource: "follower", path: "list", expect: one },
  "followers.add": { resource: "follower", path: "act", expect: one },
  "followers.remove": { resource: "follower", path: "act", expect: one },
  "confirmations.list": { resource: "confirmation", path: "list", expect: one },
  "confirmations.ask": { resource: "confirmation", path: "act", expect: one },
  "confirmations.get": { resource: "confirmation", path: "get", expect: one },
  "confirmations.answer": { resource: "confirmation", path: "act", expect: one },
  "confirmations.revoke": { resource: "confirmation", path: "act", expect: one },
  "links.list": { resource: "link", path: "list", expect: one },
  "links.put": { resource: "link", path: "act", expect: one },
  "links.remove": { resource: "link", path: "act", expect: one },
  "presence.announce": {
    resource: "presence",
    path: "act",
    // Only for people in a browser, so not for keys; whoever works elsewhere finds no such ticket.
    expect: row(401, 404, 404, 404, "yes", "yes", "yes", "yes", 404, 403),
  },
  "presence.setStatus": { resource: "member", path: "act", expect: personal },
  "push.key": { resource: "session", path: "get", expect: personal },
  "push.subscribe": { resource: "session", path: "act", expect: personal },
  "webhooks.list": { resource: "webhook", path: "list", expect: adminsList, shows: "webhook" },
  "webhooks.get": { resource: "webhook", path: "get", expect: adminsOne },
  "webhooks.create": { resource: "webhook", path: "act", expect: adminsNew },
  "webhooks.update": { resource: "webhook", path: "act", expect: adminsOne },
  "webhooks.remove": { resource: "webhook", path: "act", expect: adminsOne },
  "webhooks.rotateSecret": { resource: "webhook", path: "act", expect: adminsOne },
  "webhooks.test": { resource: "webhook", path: "act", expect: adminsOne },
  "webhooks.replay": { resource: "webhook", path: "act", expect: adminsOne },
  "webhooks.deliveries": {
    resource: "webhook delivery",
    path: "list",
    expect: adminsList,
    shows: "webhookDelivery",
  },
  "webhooks.delivery": { resource: "webhook delivery", path: "get", expect: adminsOne },
  "webhooks.replayDelivery": { resource: "webhook delivery", path: "act", expect: adminsOne },
  "notifications.list": { resource: "session", path: "list", expect: personal },
  "notifications.counts": { resource: "session", path: "get", expect: personal },
  "notifications.read": { resource: "session", path: "act", expect: personal },
  "notifications.settings": { resource: "session", path: "get", expect: personal },
  "notifications.changeSettings": { resource: "session", path: "act", expect: personal },
  "payoutDesks.list": { resource: "payout desk", path: "list", expect: list, shows: "desk" },
  "payoutDesks.create": { resource: "payout desk", path: "act", expect: adminsNew },
  "payoutDesks.get": { resource: "payout desk", path: "get", expect: one },
  "payoutDesks.update": { resource: "payout desk", path: "act", expect: adminsOne },
  "payoutDesks.rotateSecret": { resource: "payout desk", path: "act", expect: adminsOne },
  "payoutDesks.rotateSalt": { resource: "payout desk", path: "act", expect: adminsOne },
  "payoutDesks.balances": { resource: "payout desk", path: "get", expect: fundsOf },
  "payoutDesks.fund": { resource: "payout desk", path: "act", expect: adminsOne },
  "payoutDesks.methods": { resource: "payout desk", path: "get", expect: one },
  "payoutDesks.updateMethod": { resource: "payout desk", path: "act", expect: adminsOne },
  "payoutDesks.statement": { resource: "payout desk", path: "get", expect: fundsOf },
  "payoutDesks.statementCsv": { resource: "payout desk", path: "get", expect: fundsOf },
  "payoutDesks.statementPdf": { resource: "payout desk", path: "get", expect: fundsOf },
  "payoutRates.list": { resource: "payout rate", path: "list", expect: everyones },
  "payoutRates.add": {
    resource: "payout rate",
    path: "act",
    expect: row(401, 403, 403, 403, 403, 403, 403, "yes", "own", 403),
  },
  "payouts.quote": { resource: "payout", path: "act", expect: moneyNew },
  "payouts.create": { resource: "payout", path: "act", expect: moneyNew },
  "payouts.list": { resource: "payout", path: "list", expect: list, shows: "payout" },
  "payouts.get": { resource: "payout", path: "get", expect: one },
  "payouts.events": { resource: "payout", path: "get", expect: one },
  "payouts.callbacks": { resource: "payout", path: "get", expect: one },
  "payouts.replayCallback": { resource: "payout", path: "act", expect: adminsOne },
  "payouts.background": { resource: "payout", path: "get", expect: one },
  "payouts.confirm": { resource: "payout", path: "act", expect: moneyMove },
  // Whoever made it may, and here that is a key.
  "payouts.cancel": { resource: "payout", path: "act", expect: moneyMove },
  "payouts.resolve": { resource: "payout", path: "act", expect: adminsOne },
  "payouts.destination": { resource: "payout", path: "get", expect: adminsOne },
  "payoutProviders.get": { resource: "payout desk", path: "get", expect: adminsOne },
  "payoutProviders.set": { resource: "payout desk", path: "act", expect: adminsOne },
  "payoutProviders.remove": { resource: "payout desk", path: "act", expect: adminsOne },
  "payoutProviders.ask": { resource: "payout", path: "act", expect: one },
  "payoutApprovals.rules": { resource: "payout desk", path: "get", expect: one },
  "payoutApprovals.addRule": { resource: "payout desk", path: "act", expect: adminsOne },
  "payoutApprovals.changeRule": { resource: "payout desk", path: "act", expect: adminsOne },
  "payoutApprovals.removeRule": { resource: "payout desk", path: "act", expect: adminsOne },
  "payoutApprovals.guards": { resource: "payout desk", path: "get", expect: one },
  "payoutApprovals.changeGuards": { resource: "payout desk", path: "act", expect: adminsOne },
  "payoutApprovals.newAskSecret": { resource: "payout desk", path: "act", expect: adminsOne },
  "payoutApprovals.get": { resource: "payout", path: "get", expect: one },
  "payoutApprovals.approve": { resource: "payout", path: "act", expect: peoplesOne },
  "payoutApprovals.refuse": { resource: "payout", path: "act", expect: peoplesOne },
  "sessions.updateMe": { resource: "session", path: "act", expect: personal },
};
