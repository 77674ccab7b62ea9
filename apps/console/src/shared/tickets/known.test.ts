import { expect, test } from "vitest";
import type { TicketFacts } from "./filters.ts";
import { forgetListed, guess, heardTickets, isFull, type KnownTickets, learn, learnAll } from "./known.ts";

const nothing: KnownTickets = new Map();
const ticket = (n: number, seq = 1) => ({ id: `tkt_${String(n).padStart(5, "0")}`, seq }) as TicketFacts;
const many = (count: number) => Array.from({ length: count }, (_, n) => ticket(n));

test("what comes by thousands is kept up to a limit, and that some of it was forgotten is known", () => {
  const some = learnAll(nothing, many(500), true);
  expect(isFull(some)).toBe(false);
  const all = learnAll(some, many(2500), true);
  expect(isFull(all)).toBe(true);
  expect(heardTickets(all).at(-1)?.id).toBe(ticket(2499).id);
});

test("learning many at once is learning them one by one: the newest facts win", () => {
  const facts = [ticket(1), ticket(2), ticket(1, 3), ticket(1, 2)];
  const one = facts.reduce((known, each) => learn(known, each, true), nothing);
  expect([...learnAll(nothing, facts, true)]).toEqual([...one]);
  expect(one.get(ticket(1).id)?.facts?.seq).toBe(3);
});

test("once the lists are fetched again, only what is newer than them stays, and what the person did", () => {
  const before = learnAll(nothing, many(2000), true);
  const mine = guess(before, ticket(5).id, { token: "1", change: { phase: "done" } });
  const now = learnAll(mine, [ticket(7, 2), ticket(9000)], true);
  const kept = forgetListed(now, before);
  expect([...kept.keys()]).toEqual([ticket(5).id, ticket(7).id, ticket(9000).id]);
  expect(isFull(kept)).toBe(false);
});
