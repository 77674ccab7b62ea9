import { describe, expect, test } from "vitest";
import type { TicketFacts } from "../../shared/tickets/filters.ts";
import { guess, type KnownTickets, learn } from "../../shared/tickets/known.ts";
import { arrange, compareBy } from "./arrange.ts";

function ticket(id: string, over: Partial<TicketFacts> = {}): TicketFacts {
  return {
    id,
    number: 1,
    kind: "inquiry",
    project: "prj_1",
    state: "new",
    phase: "open",
    progress: "not_started",
    subject: id,
    topic: null,
    priority: "normal",
    labels: [],
    contact: null,
    channel: null,
    channelType: null,
    assignee: null,
    team: null,
    mergedInto: null,
    outcome: null,
    waitingFor: null,
    dueAt: null,
    lastMessage: null,
    waitingSince: null,
    seq: 1,
    messageSeq: 1,
    createdAt: "2026-01-01T00:00:00Z",
    activityAt: "2026-01-01T00:00:00Z",
    completedAt: null,
    ...over,
  };
}

const nothing: KnownTickets = new Map();
const base = {
  loaded: [ticket("d"), ticket("c"), ticket("b")],
  complete: false,
  known: nothing,
  scope: { view: "unassigned" as const, filters: {}, me: "mem_me" },
  compare: compareBy("newest", []),
  previous: ["d", "c", "b"],
  calm: false,
  hold: false,
};
const ids = (result: ReturnType<typeof arrange>) => result.rows.map((row) => row.ticket.id);

describe("arrange", () => {
  test("a new ticket takes its place at once when nobody looks closely", () => {
    const known = learn(nothing, ticket("e"), true);
    const result = arrange({ ...base, known, calm: true });
    expect(ids(result)).toEqual(["e", "d", "c", "b"]);
    expect(result.waiting).toEqual([]);
  });

  test("a new ticket waits and moves nothing while somebody points at the list", () => {
    const known = learn(nothing, ticket("e"), true);
    const result = arrange({ ...base, known });
    expect(ids(result)).toEqual(["d", "c", "b"]);
    expect(result.waiting).toEqual(["e"]);
  });

  test("a ticket below the last fetched row is left to its page, unless the list is complete", () => {
    const known = learn(nothing, ticket("a"), true);
    expect(ids(arrange({ ...base, known, calm: true }))).toEqual(["d", "c", "b"]);
    expect(ids(arrange({ ...base, known, calm: true, complete: true }))).toEqual(["d", "c", "b", "a"]);
  });

  test("the next page is appended below without waiting", () => {
    const loaded = [...base.loaded, ticket("a")];
    const result = arrange({ ...base, loaded });
    expect(ids(result)).toEqual(["d", "c", "b", "a"]);
    expect(result.waiting).toEqual([]);
  });

  test("a ticket that somebody else took leaves at once", () => {
    const known = learn(nothing, ticket("c", { seq: 2, assignee: { id: "mem_x", name: "X" } }), true);
    expect(ids(arrange({ ...base, known }))).toEqual(["d", "b"]);
  });

  test("a ticket that leaves under a moving pointer fades but keeps its place", () => {
    const known = learn(nothing, ticket("c", { seq: 2, phase: "done" }), true);
    const result = arrange({ ...base, known, hold: true });
    expect(result.rows.map((row) => [row.ticket.id, row.leaving])).toEqual([
      ["d", false],
      ["c", true],
      ["b", false],
    ]);
  });

  test("a change of one's own shows before the server answers, and a refusal takes it back", () => {
    const known = guess(nothing, "d", { token: "1", change: { phase: "done" } });
    expect(ids(arrange({ ...base, known, calm: true }))).toEqual(["c", "b"]);
    expect(ids(arrange({ ...base, calm: true }))).toEqual(["d", "c", "b"]);
  });

  test("an older answer does not undo what the stream said", () => {
    const known = learn(
      learn(nothing, ticket("d", { seq: 5, subject: "new" }), true),
      ticket("d", { seq: 4 }),
      false,
    );
    expect(arrange({ ...base, known, calm: true }).rows[0]?.ticket.subject).toBe("new");
  });

  test("[PT-02] the order of importance puts weighted labels first, then activity", () => {
    const label = { id: "lbl_1", project: "prj_1", name: "vip", hue: "red" as const, weight: 50 };
    const rows = [
      ticket("a", { activityAt: "2026-01-03T00:00:00Z" }),
      ticket("b", { activityAt: "2026-01-02T00:00:00Z", labels: ["vip"] }),
      ticket("c", { activityAt: "2026-01-04T00:00:00Z" }),
    ];
    expect(rows.sort(compareBy("important", [label])).map((row) => row.id)).toEqual(["b", "c", "a"]);
  });
});
