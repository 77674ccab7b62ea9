import type { Condition } from "@okno/contract";
import { expect, test } from "vitest";
import type { TicketFacts } from "../tickets/filters.ts";
import { matches, type Reader } from "./matches.ts";

const reader: Reader = {
  me: "mem_a",
  teams: ["tea_a"],
  teammates: ["mem_a", "mem_b"],
  parentOf: (topic) => (topic === "top_child" ? "top_parent" : null),
};
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const ticket = {
  kind: "inquiry",
  phase: "open",
  state: "new",
  project: "prj_a",
  topic: "top_child",
  labels: ["важно"],
  assignee: { id: "mem_b", name: "Б" },
  team: null,
  priority: "high",
  channel: "chn_a",
  channelType: "email",
  contact: null,
  subject: "Где ЗАКАЗ",
  waitingSince: ago(45),
  createdAt: ago(90),
  activityAt: ago(45),
  completedAt: null,
  dueAt: null,
  lastMessage: { preview: "", by: "customer", at: ago(45) },
} as unknown as TicketFacts;
const minutes = (amount: number) => ({ amount, unit: "minutes" }) as const;

const table: [Condition, boolean][] = [
  [{ all: [] }, true],
  [{ any: [] }, false],
  [{ not: { any: [] } }, true],
  [{ field: "phase", op: "is", value: ["open", "done"] }, true],
  [{ field: "phase", op: "isNot", value: ["open"] }, false],
  [{ field: "topic", op: "is", value: ["top_parent"] }, true],
  [{ field: "topic", op: "isNot", value: ["top_parent"] }, false],
  [{ field: "topic", op: "notEmpty" }, true],
  [{ field: "label", op: "is", value: ["важно"] }, true],
  [{ field: "label", op: "empty" }, false],
  [{ field: "assignee", op: "is", value: ["me"] }, false],
  [{ field: "assignee", op: "is", value: ["teammates"] }, true],
  [{ field: "team", op: "isNot", value: ["mine"] }, true],
  [{ field: "team", op: "empty" }, true],
  [{ field: "priority", op: "atLeast", value: "high" }, true],
  [{ field: "priority", op: "atMost", value: "normal" }, false],
  [{ field: "waiting", op: "longerThan", value: minutes(30) }, true],
  [{ field: "waiting", op: "shorterThan", value: minutes(30) }, false],
  [{ field: "created", op: "within", value: { amount: 1, unit: "hours" } }, false],
  [{ field: "created", op: "longerAgo", value: { amount: 1, unit: "hours" } }, true],
  [{ field: "completed", op: "before", value: ago(0) }, false],
  [{ field: "due", op: "empty" }, true],
  [{ field: "subject", op: "contains", value: "заказ" }, true],
  [{ field: "lastBy", op: "is", value: ["customer"] }, true],
  [
    { all: [{ field: "kind", op: "is", value: ["inquiry"] }, { not: { field: "contact", op: "notEmpty" } }] },
    true,
  ],
];

test.each(table)("%j is %s", (condition, expected) => {
  expect(matches(condition, ticket, reader)).toBe(expected);
});
