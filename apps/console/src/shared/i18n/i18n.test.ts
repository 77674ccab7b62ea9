import { afterEach, describe, expect, test } from "vitest";
import { defineMessages, setLocale } from "./i18n.ts";

afterEach(() => setLocale("en"));

const { tr } = defineMessages("i18n-test", {
  ru: { tickets: "{count, plural, one {# заявка} few {# заявки} many {# заявок} other {# заявки}}" },
  en: { tickets: "{count, plural, one {# ticket} other {# tickets}}" },
});

test("Russian plurals are right", () => {
  setLocale("ru");
  const said = [1, 2, 5, 11, 21, 22, 25, 111, 1.5].map((count) => tr("tickets", { count }));
  expect(said).toEqual([
    "1 заявка",
    "2 заявки",
    "5 заявок",
    "11 заявок",
    "21 заявка",
    "22 заявки",
    "25 заявок",
    "111 заявок",
    "1,5 заявки",
  ]);
});

describe("every feature", () => {
  const files = import.meta.glob<string>("../../**/messages.ts", {
    query: "?raw",
    import: "default",
    eager: true,
  });
  const values = (text: string) => [...text.matchAll(/\{(\w+)[,}]/gu)].map((match) => match[1] ?? "").sort();
  const lines = (half: string) =>
    new Map(
      [...half.matchAll(/^ {4}"?([\w.]+)"?:\s*(?:\/\/[^\n]*\n\s*)*"((?:[^"\\]|\\.)*)"/gmu)].map(
        (match) => [match[1] ?? "", new Set(values(match[2] ?? ""))] as const,
      ),
    );

  test.each(Object.entries(files))("%s asks for the same values in both languages", (_, source) => {
    const [ru = "", en = ""] = source.split(/^ {2}en: \{/mu);
    const english = lines(en);
    const russian = lines(ru);
    expect(english.size).toBeGreaterThan(0);
    for (const [key, wanted] of russian) expect([key, english.get(key)]).toEqual([key, wanted]);
  });
});
