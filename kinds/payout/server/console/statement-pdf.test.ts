import { expect, test } from "vitest";
import { type StatementPaper, statementPdf } from "./statement-pdf.ts";

const paper = (lines: number): StatementPaper => ({
  lang: "ru",
  desk: { name: `${"Очень длинное название ".repeat(20)}🙂`, login: "desk123456789" },
  method: { name: "Карта, рубли", currency: "RUB", scale: 2 },
  from: new Date("2026-10-31T21:00:00Z"),
  to: null,
  timeZone: "Europe/Moscow",
  madeAt: new Date("2026-11-23T10:00:00Z"),
  opening: "0",
  incoming: "12345678901234567890.12",
  outgoing: "0.02",
  closing: "12345678901234567890.10",
  lines: Array.from({ length: lines }, (_, index) => ({
    at: new Date(Date.UTC(2026, 10, 2, 0, index)),
    what: "reserve" as const,
    reference: "123456789_dpWminAiaqwTcBOJVlFk",
    change: "-0.02",
    balance: "12345678901234567890.10",
  })),
});

const pages = (pdf: Buffer) => pdf.toString("latin1").match(/\/Type \/Page\b(?!s)/gu)?.length;

test("a statement goes on over as many pages as it needs, and an empty one is one page", async () => {
  expect(pages(await statementPdf(paper(0)))).toBe(1);
  expect(pages(await statementPdf(paper(100)))).toBe(3);
});
