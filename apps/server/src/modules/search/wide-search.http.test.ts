import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../testing/index.ts";
import { startTestIndex, type TestIndex } from "../../testing/search-index.ts";
import { type Bounds, type Found, findTickets } from "./find.ts";
import { decodePlace, type Question, type Sort } from "./pages.ts";

// A word that stood in many tickets once and in none of late: too many to be read from the index of words, too far back to be met soon.

let t: TestApp;
let index: TestIndex;
const old = 30;
const fresh = 160;
const term = { words: "'абонемент'", people: "", negated: false };

beforeAll(async () => {
  t = await startTestApp();
  index = startTestIndex(t);
  const write = (body: string) => t.client.tickets.create({ body: { subject: "Вопрос", body } });
  await Promise.all(Array.from({ length: old }, (_, n) => write(`Абонемент ${n} не действует`)));
  t.clock.advance(1000);
  await Promise.all(Array.from({ length: fresh }, (_, n) => write(`Другое дело ${n}`)));
  await index.caughtUp();
});
afterAll(async () => {
  await index.consumer.stop();
  await t.close();
});

function find(bounds: Bounds, { sort = "newest", place }: { sort?: Sort; place?: Question["place"] } = {}) {
  const scope = { workspaceId: t.workspaceId, projectIds: [t.projectId] };
  const question: Question = { scope, conditions: [], sort, place };
  return findTickets(t.db.in(t.workspaceId), question, [term], 20, bounds);
}

test("what the index of words may read is read there, and counted to the end", async () => {
  const found = await find({ mostRead: 1_000, longestWalk: 130 });
  expect(found.ids).toHaveLength(20);
  expect(found.total).toEqual({ value: old, more: false });
});

test("a word in more texts than one search may read is walked for: every ticket is met, in order, on pages that may be short", async () => {
  const bounds = { mostRead: old - 1, longestWalk: 130 };
  const whole = await find({ mostRead: 1_000, longestWalk: 1_000 });
  const met: string[] = [];
  const pages: { found: number; total: Found["total"] }[] = [];
  let place: Question["place"];
  for (let page = 0; page < 10; page++) {
    const found = await find(bounds, { place });
    met.push(...found.ids);
    pages.push({ found: found.ids.length, total: found.total });
    if (found.nextCursor === null) break;
    place = decodePlace(found.nextCursor, "newest");
  }
  expect(pages[0]).toEqual({ found: 0, total: { value: 0, more: true } });
  expect(pages.at(-1)?.total).toEqual({ value: old, more: false });
  expect(new Set(met).size).toBe(old);
  expect(met).toHaveLength(old);
  expect(met.slice(0, 20)).toEqual(whole.ids);
});

test("in the order by weight, which cannot be walked, such a word is refused and another one asked for", async () => {
  await expect(find({ mostRead: old - 1, longestWalk: 130 }, { sort: "important" })).rejects.toMatchObject({
    code: "invalid_request",
    fields: [{ pointer: "/q" }],
  });
});
