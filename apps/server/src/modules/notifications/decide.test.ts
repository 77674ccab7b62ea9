import { toPublicId } from "@okno/contract";
import { isQuiet } from "@okno/contract/quiet";
import { describe, expect, test } from "vitest";
import type { JournalRow } from "../journal/index.ts";
import { whomToTell } from "./decide.ts";

const id = (n: number) => `018f0000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const [anna, boris, vera, team, ticket] = [1, 2, 3, 9, 5].map(id) as [string, string, string, string, string];
const member = (uuid: string) => toPublicId("member", uuid);

function event(
  type: string,
  data: Record<string, unknown> = {},
  actor: Partial<JournalRow> = {},
): JournalRow {
  return {
    position: 1,
    workspace_id: id(100),
    ticket_id: ticket,
    seq: 7,
    project_id: id(101),
    identity_id: null,
    type,
    actor_kind: "member",
    actor_id: anna,
    actor_name: "Анна",
    at: new Date("2026-11-22T10:00:00Z"),
    data,
    ...actor,
  };
}

const facts = { assignee: boris, followers: [vera, anna] };
const project = {
  teamMembers: (each: string) => (each === team ? [anna, boris, vera] : []),
  watchers: [vera],
};
const customer = { actor_kind: "contact", actor_id: id(50) } as const;

describe("whom an event is told", () => {
  test("a mention comes before being concerned, and nobody hears of their own note", () => {
    const row = event("note.added", { mentions: [member(vera), toPublicId("team", team)] });
    expect(whomToTell(row, facts, project)).toEqual([
      { memberId: vera, kind: "mention" },
      { memberId: boris, kind: "mention" },
    ]);
  });
  test("the customer's answer reaches the assignee and the followers; our own answer nobody", () => {
    expect(whomToTell(event("message.added", {}, customer), facts, project)).toEqual([
      { memberId: boris, kind: "reply" },
      { memberId: vera, kind: "reply" },
      { memberId: anna, kind: "reply" },
    ]);
    expect(whomToTell(event("message.added"), facts, project)).toEqual([]);
    // So does the answer to what they were asked to confirm.
    const confirmed = whomToTell(event("confirmation.confirmed", {}, customer), facts, project);
    expect(confirmed.map(({ kind }) => kind)).toEqual(["reply", "reply", "reply"]);
  });
  test("a ticket given to a person reaches that person, one given to a team its members but for the giver", () => {
    expect(whomToTell(event("ticket.assigned", { from: null, to: member(boris) }), facts, project)).toEqual([
      { memberId: boris, kind: "assigned" },
    ]);
    expect(whomToTell(event("ticket.assigned", { to: member(anna) }), facts, project)).toEqual([]);
    const toTeam = event("ticket.transferred", { team: toPublicId("team", team) });
    expect(whomToTell(toTeam, facts, project).map((told) => told.memberId)).toEqual([boris, vera]);
  });
  test("a new ticket is told to those who watch for it, unless somebody already has it", () => {
    const created = event("ticket.created", {}, customer);
    expect(whomToTell(created, { assignee: null, followers: [] }, project)).toEqual([
      { memberId: vera, kind: "unassigned" },
    ]);
    expect(whomToTell(created, facts, project)).toEqual([]);
  });
  test("hostile data of an event names nobody", () => {
    for (const mentions of [null, 5, {}, "mem_x", [null, {}, "tea_", "mem_01"], toPublicId("ticket", ticket)])
      expect(
        whomToTell(event("note.added", { mentions }), { assignee: null, followers: [] }, project),
      ).toEqual([]);
  });
});

describe("quiet hours", () => {
  const night = { from: "22:00", to: "08:00", days: [1, 2, 3, 4, 5], timeZone: "Europe/Moscow" };
  test.each([
    ["2026-11-23T18:59:00Z", false, "Monday 21:59"],
    ["2026-11-23T19:00:00Z", true, "Monday 22:00"],
    ["2026-11-24T04:59:00Z", true, "Tuesday 07:59, Monday's night"],
    ["2026-11-24T05:00:00Z", false, "Tuesday 08:00"],
    ["2026-11-28T04:00:00Z", true, "Saturday 07:00, Friday's night"],
    ["2026-11-28T20:00:00Z", false, "Saturday 23:00: it does not begin on Saturdays"],
    ["2026-11-23T01:00:00Z", false, "Monday 04:00: Sunday's night is none"],
  ])("%s is quiet: %s (%s)", (at, quiet) => {
    expect(isQuiet({ quiet: night, snoozedUntil: null }, new Date(at))).toBe(quiet);
  });
  test("within a day, over the change of clocks, and snoozed", () => {
    const noon = { from: "12:00", to: "13:00", days: [7], timeZone: "Europe/Berlin" };
    // The clocks go back on 2026-10-25: noon is 11:00 UTC that day, and was 10:00 UTC a week before.
    expect(isQuiet({ quiet: noon, snoozedUntil: null }, new Date("2026-10-25T11:30:00Z"))).toBe(true);
    expect(isQuiet({ quiet: noon, snoozedUntil: null }, new Date("2026-10-18T10:30:00Z"))).toBe(true);
    expect(isQuiet({ quiet: noon, snoozedUntil: null }, new Date("2026-10-25T10:30:00Z"))).toBe(false);
    const snoozed = { quiet: null, snoozedUntil: "2026-11-22T10:00:00Z" };
    expect(isQuiet(snoozed, new Date("2026-11-22T09:59:59Z"))).toBe(true);
    expect(isQuiet(snoozed, new Date("2026-11-22T10:00:00Z"))).toBe(false);
  });
});
