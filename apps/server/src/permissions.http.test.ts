import { type Route, routes, type StreamEvent } from "@okno/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call } from "./testing/calls.ts";
import { kindRoutes, kindSamples } from "./testing/kind-samples.ts";
import { columns, type Expectation, permissionTable as table } from "./testing/permission-table.ts";
import { type Sample, samples } from "./testing/samples.ts";
import { type Caller, createWorld, type Place, type World } from "./testing/world.ts";

// Every caller tries the same thing upon the first project. A route that the table does not name fails the test.

// Each is tried by its owner in the route test, and by others there too: they end or change the very session that calls.
const elsewhereTested = new Set([
  "sessions.signOut",
  "sessions.revoke",
  "sessions.changePassword",
  "push.unsubscribe",
  "stepUp.begin",
  "stepUp.enrol",
  "stepUp.prove",
  "stepUp.renew",
  "stepUp.remove",
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
const makers = { ...samples, ...kindSamples } as unknown as Record<string, Record<string, Bound["make"]>>;
const own = Object.entries(routes).flatMap(([group, table]) =>
  Object.entries(table).map(([key, route]) => ({ group, key, route: route as Route })),
);
const core: Bound[] = [...own, ...kindRoutes].map(({ group, key, route }) => ({
  name: route.name,
  route,
  make: makers[group]?.[key] as Bound["make"],
}));
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
    "confirmation",
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
    "payout",
    "payout desk",
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
