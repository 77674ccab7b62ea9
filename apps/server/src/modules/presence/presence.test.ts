import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLog } from "../../platform/log.ts";
import { pack, windowMs } from "../../platform/wire.ts";
import { createPresenceFeed, frameMs } from "./feed.ts";
import { type Presence, startPresence } from "./presence.ts";
import type { Announcement, Sighting } from "./state.ts";

const workspaceId = "018f0000-0000-7000-8000-000000000001";
const projectId = "018f0000-0001-7000-8000-000000000001";
const ticketId = "018f0000-0002-7000-8000-000000000001";
const otherTicket = "018f0000-0002-7000-8000-000000000002";
const id = (n: number) => `018f0000-0003-7000-8000-${String(n).padStart(12, "0")}`;
const log = createLog("error", { write: () => undefined });
const clock = { now: () => new Date() };

/** A database that only carries notifications, between all who listen. */
function createLine() {
  const ears = new Set<(message: { payload: string }) => void>();
  const sent: string[][] = [];
  const connect = async () => {
    const own = new Set<(message: { payload: string }) => void>();
    return {
      on(event: string, listener: (message: { payload: string }) => void) {
        if (event === "notification") own.add(listener);
      },
      async query(_text: string, values?: [string[]]) {
        if (!values) return void [...own].map((listener) => ears.add(listener));
        for (const payload of values[0]) for (const ear of ears) ear({ payload });
        sent.push(values[0]);
      },
      async end() {
        for (const listener of own) ears.delete(listener);
      },
    };
  };
  return { db: { connect: connect as never }, sent };
}

let line: ReturnType<typeof createLine>;
let presence: Presence;
let heard: Sighting[];
const started: Presence[] = [];
const start = () => {
  const made = startPresence({ db: line.db, log, clock });
  started.push(made);
  return made;
};

beforeEach(async () => {
  vi.useFakeTimers();
  line = createLine();
  presence = start();
  heard = [];
  presence.listen(workspaceId, (sighting) => heard.push(sighting));
  await vi.advanceTimersByTimeAsync(1_000);
  line.sent.length = 0;
});
afterEach(async () => {
  for (const each of started.splice(0)) await each.stop();
  vi.useRealTimers();
});

const say = (more: Partial<Announcement> = {}, to = presence) =>
  to.announce({
    workspaceId,
    projectId,
    ticketId,
    who: { kind: "member", id: id(1), name: "Анна" },
    session: "one",
    doing: "viewing",
    ...more,
  });
const doings = () => heard.map(({ doing }) => doing);

test("whoever says nothing for twenty seconds is gone; repeating it keeps them there and is not told", async () => {
  say();
  await vi.advanceTimersByTimeAsync(15_000);
  say();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(doings()).toEqual(["viewing"]);
  expect(presence.at(workspaceId, ticketId)).toMatchObject([{ who: { name: "Анна" }, doing: "viewing" }]);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(doings()).toEqual(["viewing", null]);
  expect(presence.at(workspaceId, ticketId)).toEqual([]);
});

test("typing is forgotten sooner than viewing", async () => {
  say({ doing: "typing", who: { kind: "contact", id: id(9), name: "Покупатель" } });
  await vi.advanceTimersByTimeAsync(9_000);
  expect(doings()).toEqual(["typing"]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(doings()).toEqual(["typing", null]);
});

test("two tabs of one person are one: typing in either shows, and the person goes with the last of them", () => {
  say({ session: "one" });
  say({ session: "two", doing: "typing" });
  expect(presence.at(workspaceId, ticketId)).toHaveLength(1);
  say({ session: "one", doing: null });
  say({ session: "two", doing: "viewing" });
  say({ session: "two", doing: null });
  expect(doings()).toEqual(["viewing", "typing", "viewing", null]);
});

test("a tab is at one ticket at a time, and its late farewell to the former one changes nothing", () => {
  say();
  say({ ticketId: otherTicket });
  say({ doing: null });
  expect(heard.map(({ ticketId: at, doing }) => [at, doing])).toEqual([
    [ticketId, "viewing"],
    [ticketId, null],
    [otherTicket, "viewing"],
  ]);
});

test("however much is said, the other processes get at most one word in a tenth of a second", async () => {
  for (let n = 0; n < 1_000; n++) {
    say({ session: `tab ${n % 7}`, who: { kind: "member", id: id(n % 100), name: "Борис" } });
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.advanceTimersByTimeAsync(200);
  expect(line.sent.length).toBeGreaterThan(1);
  expect(line.sent.length).toBeLessThanOrEqual(1_000 / windowMs + 2);
});

test("what does not fit into one notification goes in several, each short enough for PostgreSQL", () => {
  const items = Array.from({ length: 300 }, (_, n) => JSON.stringify({ n, name: "Имя".repeat(60) }));
  const payloads = pack("p", items);
  expect(payloads.length).toBeGreaterThan(1);
  for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
  expect(payloads.flatMap((payload) => (JSON.parse(payload) as { items: unknown[] }).items)).toHaveLength(
    300,
  );
  expect(pack("p", ["x".repeat(9_000)])).toEqual([]);
});

test("a name of ten thousand characters is carried short, and does not hold up the others", async () => {
  const other = start();
  await vi.advanceTimersByTimeAsync(500);
  say({ who: { kind: "member", id: id(2), name: "👩‍🚀".repeat(10_000) } });
  say();
  await vi.advanceTimersByTimeAsync(500);
  expect(other.at(workspaceId, ticketId)).toHaveLength(2);
});

test("a process that starts learns from the others who is there; one that dies is forgotten by them", async () => {
  say();
  presence.touch({ workspaceId, memberId: id(1), owner: true, projectIds: [] });
  await vi.advanceTimersByTimeAsync(500);
  const late = start();
  await vi.advanceTimersByTimeAsync(500);
  expect(late.at(workspaceId, ticketId)).toHaveLength(1);
  expect(late.active(workspaceId)).toMatchObject([{ memberId: id(1), active: true }]);
  await presence.stop();
  await vi.advanceTimersByTimeAsync(21_000);
  expect(late.at(workspaceId, ticketId)).toEqual([]);
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(late.active(workspaceId)).toEqual([]);
});

test("a hundred operators on one list: each stream gets one frame in a quarter of a second", async () => {
  const feed = createPresenceFeed(presence);
  const written = Array.from({ length: 100 }, () => [] as string[]);
  for (const [n, frames] of written.entries()) {
    const principal = { id: id(n), workspaceId, owner: false, roles: new Map([[projectId, "operator"]]) };
    feed.attach({ principal: () => principal as never, write: (text) => frames.push(text) });
  }
  for (let moment = 0; moment < 1_000; moment += 10) {
    const n = moment / 10;
    say({ session: `s${n}`, who: { kind: "member", id: id(n), name: `Оператор ${n}` } });
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(frameMs);
  for (const frames of written) expect(frames.length).toBeLessThanOrEqual(1 + 1_000 / frameMs + 1);
  const seen = (written[3] ?? []).join("");
  expect(seen).toContain("Оператор 99");
  expect(seen, "oneself is not shown").not.toContain('"Оператор 3"');
  feed.stop();
});
