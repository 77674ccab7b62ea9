import { type Route, routes, type StreamEvent } from "@okno/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call } from "./testing/calls.ts";
import { type Sample, samples } from "./testing/samples.ts";
import {
  type Caller,
  type CallerName,
  callerNames,
  createWorld,
  type Place,
  type World,
} from "./testing/world.ts";

// Who may do what, as data: role × resource × path. Every caller tries the same thing upon the first project. A route that this
// table does not name fails the test.

/**
 * `yes`: done or shown · `hidden`: answered, and the thing is not in the answer · `own`: answered with the caller's own · a number: refused.
 * The last column is a key that holds everything but the route's scope.
 */
type Outcome = "yes" | "hidden" | "own" | 401 | 403 | 404 | 422;
type Column = CallerName | "keyWithout";
type Row = Record<Column, Outcome>;

const columns = [...callerNames, "keyWithout"] as const;

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

type Expectation = { resource: string; path: "list" | "get" | "act"; expect: Row; shows?: keyof Place };

const table: Record<string, Expectation> = {
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
  "keys.revoke": { resource: "key", path: "act", expect: adminsOne },
  "sessions.me": { resource: "session", path: "get", expect: personal },
  "sessions.list": { resource: "session", path: "list", expect: personal },
  "followers.list": { resource: "follower", path: "list", expect: one },
  "followers.add": { resource: "follower", path: "act", expect: one },
  "followers.remove": { resource: "follower", path: "act", expect: one },
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
  "notifications.list": { resource: "session", path: "list", expect: personal },
  "notifications.counts": { resource: "session", path: "get", expect: personal },
  "notifications.read": { resource: "session", path: "act", expect: personal },
  "notifications.settings": { resource: "session", path: "get", expect: personal },
  "notifications.changeSettings": { resource: "session", path: "act", expect: personal },
  "sessions.updateMe": { resource: "session", path: "act", expect: personal },
};

// Each is tried by its owner in the route test, and by others there too: they end or change the very session that calls.
const elsewhereTested = new Set([
  "sessions.signOut",
  "sessions.revoke",
  "sessions.changePassword",
  "push.unsubscribe",
]);

let world: World;
beforeAll(async () => {
  world = await createWorld();
  // Something after the first project's events that each of the others does see: how far they must be read at least.
  for (const [caller, { project }] of [
    ["elsewhere", world.there],
    ["foreigner", world.abroad],
  ] as const) {
    const body = { subject: "Маяк", body: "…", project };
    const made = await call(world, routes.tickets.create as Route, world.callers[caller], { body });
    beacons.push((made.json as { id: string }).id);
  }
});
afterAll(() => world.close());

const beacons: string[] = [];

type Bound = { name: string; route: Route; make: (place: Place, w: World) => Sample | Promise<Sample> };
const makers = samples as unknown as Record<string, Record<string, Bound["make"]>>;
const core: Bound[] = Object.entries(routes).flatMap(([group, routesOfGroup]) =>
  Object.entries(routesOfGroup).map(([key, route]) => ({
    name: route.name,
    route: route as Route,
    make: makers[group]?.[key] as Bound["make"],
  })),
);
const guarded = core.filter(({ route }) => route.access.by !== "anyone");

test("the table names every guarded route, and no route that does not exist", () => {
  const named = [...Object.keys(table), ...elsewhereTested].sort();
  expect(named).toEqual(guarded.map(({ name }) => name).sort());
});

test("every resource that people share is in the table", () => {
  const resources = new Set(Object.values(table).map(({ resource }) => resource));
  const wanted = [
    "ticket",
    "message",
    "attachment",
    "contact",
    "event",
    "stream",
    "project",
    "topic",
    "label",
    "team",
    "view",
    "channel",
    "member",
    "key",
  ];
  expect([...resources]).toEqual(expect.arrayContaining(wanted));
});

/** Everything the journal shows a caller from its beginning, up to the last thing this caller is sure to see. */
async function streamed(caller: Caller, after: string): Promise<string> {
  const gone = new AbortController();
  const res = await fetch(`${world.t.url}/v1/stream?after=${after}`, {
    headers: caller,
    signal: gone.signal,
  });
  if (res.status !== 200 || !res.body) return String(res.status);
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of res.body) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const frames = text
      .split("\n\n")
      .slice(0, -1)
      .filter((each) => each.startsWith("id: "));
    const events = frames.map((each) => JSON.parse(each.slice(each.indexOf("data: ") + 6)) as StreamEvent);
    const seen = new Set(events.map(({ ticket }) => ticket));
    if (seen.has(world.here.ticket) || beacons.some((id) => seen.has(id))) break;
  }
  gone.abort();
  return text;
}

async function startCursor(): Promise<string> {
  const [cursor] = await world.t.db.system.query<{ epoch: string }>({
    name: "test.epoch",
    text: "select epoch::text from journal_epochs",
  });
  const bytes = Buffer.alloc(24);
  Buffer.from((cursor?.epoch ?? "").replaceAll("-", ""), "hex").copy(bytes);
  return bytes.toString("base64url");
}

async function outcomeOf(
  { name, route, make }: Bound,
  caller: Caller,
  expectation: Expectation,
): Promise<{ got: unknown; body: string }> {
  const { by: _, ...sample } = await make(world.here, world);
  if (name === "events.stream" && Object.keys(caller).length > 0) {
    const text = await streamed(caller, await startCursor());
    if (/^\d{3}$/u.test(text)) return { got: Number(text), body: "" };
    return { got: text.includes(world.here.ticket) ? "yes" : "hidden", body: "" };
  }
  const query = name === "events.list" ? { limit: "500" } : sample.query;
  const answer = await call(world, route, caller, { ...sample, ...(query && { query }) });
  const body = JSON.stringify(answer.json) ?? "";
  if (answer.status >= 400) return { got: answer.status, body };
  const shown = expectation.shows === undefined || body.includes(String(world.here[expectation.shows]));
  return { got: shown ? "yes" : "hidden", body };
}

describe.each(guarded.filter(({ name }) => table[name]))("$name", (bound) => {
  const expectation = table[bound.name] as Expectation;
  test.each(columns)("%s", async (column) => {
    const { access } = bound.route;
    const keyed = access.by === "principal" ? world.keyWithout(access.scope) : world.fullKey;
    const caller = column === "keyWithout" ? keyed : world.callers[column];
    const { got, body } = await outcomeOf(bound, caller, expectation);
    const wanted = expectation.expect[column];
    expect(wanted === "own" && got === "yes" ? "own" : got, body).toBe(wanted);
    if (wanted === "hidden" || typeof wanted === "number") {
      // Whatever was answered, nothing of the first project is in it.
      for (const id of [world.here.message, world.here.contact, world.here.attachment])
        expect(body).not.toContain(id);
    }
  });
});
