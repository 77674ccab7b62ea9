import { afterEach, expect, test } from "vitest";
import { filterItems } from "./filter-items.ts";
import { formatBytes } from "./format-bytes.ts";
import { hueOf } from "./hue.ts";
import { initialsOf } from "./initials.ts";
import { ariaShortcut, keyCaps } from "./shortcut.ts";
import { currentToasts, dismissToast, runToastAction, toast } from "./toast.ts";

afterEach(() => {
  for (const entry of currentToasts()) dismissToast(entry.id);
});

test("initials come from the first and the last word, whatever the script", () => {
  expect(initialsOf("Анна Сергеевна Воронова")).toBe("АВ");
  expect(initialsOf("  ёжик ")).toBe("Ё");
  expect(initialsOf("«Ромашка» ООО")).toBe("РО");
  expect(initialsOf("María José 🌿")).toBe("MJ");
  expect(initialsOf("+7 999 123-45-67")).toBe("67");
  expect(initialsOf("🌿 \u200b")).toBe("?");
});

test("a hue depends on the text alone, lies in 1…8 and uses all of them", () => {
  const hues = Array.from({ length: 400 }, (_, index) => hueOf(`contact-${index}`));
  expect(new Set(hues)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
  expect(hueOf("Анна")).toBe(hueOf("Анна"));
});

test("the filter finds every word in any order, ignores case and ё, and puts starts of labels first", () => {
  const items = [
    { id: "a", label: "Завершённые заявки" },
    { id: "b", label: "Заявки без ответа", keywords: ["inbox"] },
    { id: "c", label: "Все" },
  ];
  expect(filterItems(items, "ЗАВЕРШЕННЫЕ").map((item) => item.id)).toEqual(["a"]);
  expect(filterItems(items, "заяв").map((item) => item.id)).toEqual(["b", "a"]);
  expect(filterItems(items, "ответа заявки").map((item) => item.id)).toEqual(["b"]);
  expect(filterItems(items, "Inbox").map((item) => item.id)).toEqual(["b"]);
  expect(filterItems(items, "  ")).toEqual(items);
  expect(filterItems(items, "нет такого")).toEqual([]);
});

test("key caps follow the platform, sequences have no aria-keyshortcuts", () => {
  expect(keyCaps("mod+shift+enter", true)).toEqual(["⌘", "⇧", "↵"]);
  expect(keyCaps("mod+k", false)).toEqual(["Ctrl", "K"]);
  expect(keyCaps("g i", false)).toEqual(["G", "I"]);
  expect(ariaShortcut("mod+enter", false)).toBe("Control+Enter");
  expect(ariaShortcut("mod+enter", true)).toBe("Meta+Enter");
  expect(ariaShortcut("g i", false)).toBeUndefined();
});

test("sizes of files are words of the reader's language", () => {
  expect(formatBytes(0, "en")).toBe("0 byte");
  expect(formatBytes(1_540_000, "en")).toBe("1.5 MB");
  expect(formatBytes(184_320, "ru").replaceAll(/\s/g, " ")).toBe("184 кБ");
});

test("a toast's action runs once and its expiry does not follow", () => {
  const calls: string[] = [];
  toast({
    title: "done",
    action: { label: "undo", shortcut: "z", onAction: () => calls.push("undo") },
    onExpire: () => calls.push("expire"),
  });
  const leading = toast({ title: "news", action: { label: "open", onAction: () => calls.push("open") } });
  expect(runToastAction(), "the undo key undoes and never opens what came by itself").toBe(true);
  dismissToast(leading);
  expect(runToastAction()).toBe(false);
  expect(calls).toEqual(["undo"]);
  expect(currentToasts()).toEqual([]);
});

test("a toast pushed out by newer ones expires exactly once", () => {
  const expired: string[] = [];
  const ids = ["a", "b", "c", "d"].map((title) => toast({ title, onExpire: () => expired.push(title) }));
  expect(currentToasts().map((entry) => entry.title)).toEqual(["b", "c", "d"]);
  expect(expired).toEqual(["a"]);
  dismissToast(ids[0] ?? 0);
  expect(expired).toEqual(["a"]);
});
