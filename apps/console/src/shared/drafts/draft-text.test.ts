import { expect, test } from "vitest";
import { type DraftText, emptyDraft, mergeDrafts } from "./draft-text.ts";

const file = (id: string) => ({ id, name: id, type: "text/plain", sizeBytes: 1, inline: false, url: "" });
const draft = (over: Partial<DraftText>): DraftText => ({ ...emptyDraft, ...over });
const reply = (base: string, mine: string, theirs: string) => {
  const merged = mergeDrafts(draft({ reply: base }), draft({ reply: mine }), draft({ reply: theirs }));
  return [merged.draft.reply, merged.both];
};

test("whoever alone has changed a text is followed, and two who did are both kept", () => {
  expect(reply("a", "a", "b")).toEqual(["b", false]);
  expect(reply("a", "b", "a")).toEqual(["b", false]);
  expect(reply("a", "a b", "a b c")).toEqual(["a b c", false]);
  expect(reply("", "mine", "theirs")).toEqual(["mine\n\ntheirs", true]);
});

test("what was sent elsewhere goes, unless something was added to it here", () => {
  expect(reply("sent", "sent", "")).toEqual(["", false]);
  expect(reply("", "new", "")).toEqual(["new", false]);
  expect(reply("sent", "sent and more", "")).toEqual(["sent and more", false]);
  expect(reply("sent", "", "sent and more")).toEqual(["sent and more", false]);
});

test("reply and note are merged apart, files by what either added or took away", () => {
  const base = draft({ reply: "r", attachments: [file("a"), file("b")] });
  const mine = draft({ reply: "r", note: "n", attachments: [file("b"), file("c")] });
  const theirs = draft({ reply: "R", attachments: [file("a"), file("b"), file("d")] });
  const { draft: merged, both } = mergeDrafts(base, mine, theirs);
  expect(merged).toMatchObject({ reply: "R", note: "n" });
  expect(merged.attachments.map((each) => each.id)).toEqual(["b", "c", "d"]);
  expect(both).toBe(false);
});
