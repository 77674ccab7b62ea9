import { expect, test } from "vitest";
import { FormConfig } from "../manifest.ts";
import { check, claimOf, phoneOf, readTyped } from "./fields.ts";
import { chooseLocale } from "./texts.ts";

const topicIds = Array.from({ length: 6 }, (_, i) => `top_01h455vb4pex5vsknk084sn02${i}`);

test("[RT-06] a form that offers more than five topics is refused when it is configured", () => {
  expect(FormConfig.safeParse({ topics: topicIds.slice(0, 5) }).success).toBe(true);
  const refused = FormConfig.safeParse({ topics: topicIds });
  expect(refused.success).toBe(false);
  expect(refused.error?.issues[0]).toMatchObject({
    path: ["topics"],
    message: expect.stringContaining("at most 5"),
  });
});

test("a topic cannot be offered twice, nor a thing that is no topic", () => {
  expect(FormConfig.safeParse({ topics: [topicIds[0], topicIds[0]] }).success).toBe(false);
  expect(FormConfig.safeParse({ topics: ["prj_01h455vb4pex5vsknk084sn020"] }).success).toBe(false);
});

test.each([
  ["+7 (900) 000-00-00", "ru", "+79000000000"],
  ["8 900 000 00 00", "ru", "+79000000000"],
  ["8 900 000 00 00", "en", undefined],
  ["0044 7700 900000", "en", "+447700900000"],
  ["07700 900000", "en", undefined],
  ["12", "ru", undefined],
  ["звоните вечером", "ru", undefined],
] as const)("a phone typed as %s on a page in %s is %s", (text, locale, phone) => {
  expect(phoneOf(text, locale)).toBe(phone);
});

test("an address is taken as a claim, lower-case, never as proved", () => {
  expect(claimOf(" Anna@Example.ORG ", "ru")).toEqual({
    kind: "email",
    value: "anna@example.org",
    verified: false,
  });
  expect(claimOf("anna@", "ru")).toBeUndefined();
});

test("every faulty field is named at once", () => {
  const typed = readTyped({ name: "я".repeat(101), contact: "anna@", message: " \n " });
  expect(check(typed, { locale: "ru", hasFile: false }).faults).toEqual({
    name: "nameTooLong",
    contact: "emailWrong",
    message: "messageEmpty",
  });
});

test("a file speaks for itself: then no words are needed", () => {
  expect(check(readTyped({}), { locale: "ru", hasFile: true }).faults).toEqual({});
});

test.each([
  [undefined, "en-GB,en;q=0.9", "ru", "en"],
  [undefined, "de, ru;q=0.5, en;q=0.3", "en", "ru"],
  [undefined, "de", "en", "en"],
  [undefined, undefined, "ru", "ru"],
  ["en", "ru", "ru", "en"],
] as const)("language: chosen %s, browser %s, project %s → %s", (chosen, accepted, fallback, expected) => {
  expect(chooseLocale(chosen, accepted, fallback)).toBe(expected);
});
