import { describe, expect, test } from "vitest";
import { chordOf, matchChord, type Press } from "./match.ts";

const press = (code: string, key: string, over: Partial<Press> = {}): Press => ({
  code,
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...over,
});

describe("chordOf", () => {
  test("letters are the same key in the Russian layout", () => {
    expect(chordOf(press("KeyJ", "о"))).toBe("j");
    expect(chordOf(press("KeyE", "у"))).toBe("e");
  });

  test("the question mark is found wherever the layout keeps it", () => {
    expect(chordOf(press("Digit7", "?", { shiftKey: true }))).toBe("?");
    expect(chordOf(press("Slash", "?", { shiftKey: true }))).toBe("?");
  });

  test("Control and Command are one modifier, and never a bare letter", () => {
    expect(chordOf(press("KeyC", "c", { ctrlKey: true }))).toBe("mod+c");
    expect(chordOf(press("Enter", "Enter", { metaKey: true, shiftKey: true }))).toBe("mod+shift+enter");
  });

  test("a key that no shortcut uses says nothing", () => {
    expect(chordOf(press("F5", "F5"))).toBeUndefined();
  });
});

describe("matchChord", () => {
  const known = ["j", "e", "g i", "g e"];

  test("a sequence runs after its second key and waits before it", () => {
    expect(matchChord("g", "", known)).toEqual({ run: undefined, pending: "g" });
    expect(matchChord("i", "g", known)).toEqual({ run: "g i", pending: "" });
  });

  test("a key inside a sequence is not the same key alone", () => {
    expect(matchChord("e", "g", known).run).toBe("g e");
    expect(matchChord("e", "", known).run).toBe("e");
  });

  test("a broken sequence gives its last key its own meaning", () => {
    expect(matchChord("j", "g", known).run).toBe("j");
  });
});
