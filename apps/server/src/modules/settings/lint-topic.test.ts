import { expect, test } from "vitest";
import { lintTopic } from "./lint-topic.ts";

test.each([
  "Отзывы",
  "отзывы",
  "  Отзывы… ",
  "Вопрос",
  "Прочее",
  "Технические неполадки",
  "Feedback",
  "Other",
  "General",
  "«Другое»",
  "OTHER!",
])("[RT-07] a topic named %j is warned of: it says nothing about the matter", (name) => {
  expect(lintTopic(name)).toEqual(["vague_name"]);
});

test.each([
  "Отзыв товара с рынка",
  "Не пришла посылка",
  "Возврат денег",
  "Вопрос об оплате картой",
  "Other people's parcels",
  "General Motors parts",
  "支払い",
  "🙂",
])("[RT-07] a topic named %j is good as it is", (name) => {
  expect(lintTopic(name)).toEqual([]);
});
