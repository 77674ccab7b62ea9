import { expect, test } from "vitest";
import { replyMinutesOf } from "./desk.ts";

const answers = (...minutes: number[]) =>
  minutes.map((each, n) => ({ at: new Date(2026, 0, 1, n), waitedSeconds: each * 60 }));
const always = () => true;

test("the promise is the median, rounded up to what people say", () => {
  expect(replyMinutesOf(answers(1, 2, 4, 30, 600), always)).toBe(5);
  expect(replyMinutesOf(answers(0, 0, 0.2, 1, 2), always)).toBe(1);
  expect(replyMinutesOf(answers(61, 62, 70, 80, 90), always)).toBe(120);
  expect(replyMinutesOf(answers(1500, 1500, 1500, 1500, 1500), always)).toBe(2880);
});

test("of too few, or of days, nothing is promised", () => {
  expect(replyMinutesOf(answers(1, 1, 1, 1), always)).toBeNull();
  expect(replyMinutesOf(answers(9999, 9999, 9999, 9999, 9999), always)).toBeNull();
});

test("what came while nobody was there does not spoil the promise to those who write in hours", () => {
  const mixed = answers(2, 600, 2, 600, 2, 600, 2, 600, 2, 600);
  expect(replyMinutesOf(mixed, (at) => at.getHours() % 2 === 0)).toBe(2);
});
