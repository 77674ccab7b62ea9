import { expect, test } from "vitest";
import type { Desk } from "./config.ts";
import { deskWords } from "./desk.ts";
import { createTexts } from "./texts.ts";

const desk = (more: Partial<Desk>): Desk => ({
  open: true,
  opensAt: null,
  changesAt: null,
  replyMinutes: null,
  text: null,
  ...more,
});
const ru = createTexts("ru");
const en = createTexts("en");
/** Local time, whatever the machine's zone: the words go by the reader's own clock. */
const at = (day: number, hour: number) => new Date(2026, 10, day, hour);
const shut = (day: number, hour: number) => desk({ open: false, opensAt: at(day, hour).toISOString() });

test("the time of an answer is worded by the plural rules of the language", () => {
  const words = (replyMinutes: number) => deskWords(desk({ replyMinutes }), ru);
  expect([1, 2, 5, 45].map(words)).toEqual([
    "Отвечаем обычно за 1 минуту",
    "Отвечаем обычно за 2 минуты",
    "Отвечаем обычно за 5 минут",
    "Отвечаем обычно за 45 минут",
  ]);
  expect([60, 120, 480, 1440, 2880].map(words)).toEqual([
    "Отвечаем обычно за 1 час",
    "Отвечаем обычно за 2 часа",
    "Отвечаем обычно за 8 часов",
    "Отвечаем обычно за 1 день",
    "Отвечаем обычно за 2 дня",
  ]);
  expect(deskWords(desk({ replyMinutes: 1 }), en)).toBe("We usually answer within 1 minute");
});

test("a closed desk names the day it opens as people do", () => {
  const now = at(20, 21);
  const words = (day: number, hour: number) => deskWords(shut(day, hour), ru, now);
  expect(words(20, 22)).toBe("Сейчас закрыто, ответим сегодня с 22:00");
  expect(words(21, 9)).toBe("Сейчас закрыто, ответим завтра с 9:00");
  expect(words(24, 9)).toBe("Сейчас закрыто, ответим во вторник с 9:00");
  expect(words(30, 9)).toBe("Сейчас закрыто, ответим 30 ноября с 9:00");
  expect(deskWords(shut(23, 9), en, now)).toMatch(/^Closed now, we will answer on Monday from 9:00/u);
});

test("nothing known is nothing promised; one's own words stand only while the desk is open", () => {
  expect(deskWords(desk({}), ru)).toBeUndefined();
  expect(deskWords(desk({ text: "Скоро", replyMinutes: 5 }), ru)).toBe("Скоро");
  expect(deskWords(desk({ text: "Скоро", open: false }), ru)).toBe("Сейчас закрыто");
});
