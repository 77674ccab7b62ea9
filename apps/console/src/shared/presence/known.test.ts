import type { PresenceFrame } from "@okno/contract";
import { expect, test } from "vitest";
import { frameOf, learnPresence, nothingKnown } from "./known.ts";

const at = (ticket: string, id: string, doing: "viewing" | "typing" | null) =>
  ({ ticket, who: { kind: "member", id, name: id }, doing }) as PresenceFrame["tickets"][number];
const frame = (tickets: PresenceFrame["tickets"], reset = false): PresenceFrame => ({
  reset,
  tickets,
  members: [],
});

test("people come, keep their place while they begin to type, and go", () => {
  let known = learnPresence(nothingKnown, frame([at("t", "a", "viewing"), at("t", "b", "viewing")]));
  known = learnPresence(known, frame([at("t", "a", "typing")]));
  expect(known.byTicket.get("t")?.map(({ who, doing }) => [who.id, doing])).toEqual([
    ["a", "typing"],
    ["b", "viewing"],
  ]);
  known = learnPresence(known, frame([at("t", "a", null), at("t", "b", null)]));
  expect(known.byTicket.has("t")).toBe(false);
});

test("a frame about one ticket leaves the others' lists the very same, so that their rows are not drawn again", () => {
  const before = learnPresence(nothingKnown, frame([at("t", "a", "viewing"), at("u", "b", "viewing")]));
  const after = learnPresence(before, frame([at("u", "b", "typing")]));
  expect(after.byTicket.get("t")).toBe(before.byTicket.get("t"));
});

test("a frame that says everything takes the place of all that was known; a new tab gets the whole as one frame", () => {
  const before = learnPresence(nothingKnown, {
    ...frame([at("t", "a", "viewing")]),
    members: [{ member: "a", active: true }],
  });
  expect(learnPresence(nothingKnown, frameOf(before))).toEqual(before);
  expect(learnPresence(before, frame([at("u", "b", "viewing")], true)).byTicket.has("t")).toBe(false);
});

test("what is said of a member is added to what was said before", () => {
  const said = (more: object): PresenceFrame => ({
    reset: false,
    tickets: [],
    members: [{ member: "a", ...more }],
  });
  const known = learnPresence(
    learnPresence(nothingKnown, said({ active: true })),
    said({ availability: { status: "busy", until: null } }),
  );
  expect(known.members.get("a")).toEqual({
    member: "a",
    active: true,
    availability: { status: "busy", until: null },
  });
});
