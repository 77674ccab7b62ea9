import { describe, expect, test } from "vitest";
import { addNewest, mergeNewest } from "./merge-pages.ts";

const entry = (seq: number, text = "") => ({ seq, text });
const pages = (...seqs: number[][]) => ({
  pages: seqs.map((page, index) => ({
    data: page.map((seq) => entry(seq)),
    nextCursor: index === seqs.length - 1 ? null : `c${index}`,
  })),
  pageParams: seqs.map((_, index) => (index === 0 ? undefined : `c${index - 1}`)),
});
const seqs = (merged: ReturnType<typeof mergeNewest<{ seq: number }>> | undefined) =>
  merged?.pages.flatMap((page) => page.data.map((each) => each.seq));

describe("mergeNewest", () => {
  test("new entries go on top and older pages stay", () => {
    const merged = mergeNewest(pages([5, 4], [3, 1]), {
      data: [entry(7), entry(6), entry(5)],
      nextCursor: "x",
    });
    expect(seqs(merged)).toEqual([7, 6, 5, 4, 3, 1]);
  });

  test("a changed entry is replaced in place", () => {
    const merged = mergeNewest(pages([5, 4]), { data: [entry(5, "read"), entry(4)], nextCursor: null });
    expect(merged.pages[0]?.data[0]).toEqual(entry(5, "read"));
    expect(seqs(merged)).toEqual([5, 4]);
  });

  test("a gap after a long absence leaves nothing that could be incomplete", () => {
    const merged = mergeNewest(pages([5, 4]), { data: [entry(90), entry(89)], nextCursor: "x" });
    expect(seqs(merged)).toEqual([90, 89]);
    expect(merged.pages[0]?.nextCursor).toBe("x");
  });

  test("history that skips numbers is not taken for a gap when the page is the last one", () => {
    const merged = mergeNewest(pages([2]), { data: [entry(9)], nextCursor: null });
    expect(seqs(merged)).toEqual([9, 2]);
  });
});

test("one's own message is added once, however often it is told", () => {
  const once = addNewest(pages([5, 4]), entry(6));
  expect(seqs(addNewest(once, entry(6)))).toEqual([6, 5, 4]);
});
