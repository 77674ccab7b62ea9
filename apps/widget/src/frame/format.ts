import type { Texts } from "./texts.ts";

/** "Сегодня", "Вчера", "3 марта", "3 марта 2025 г." */
export function dayName(at: string, { lang, t }: Texts, now = new Date()): string {
  const date = new Date(at);
  if (date.toDateString() === now.toDateString()) return t("today");
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  if (date.toDateString() === yesterday.toDateString()) return t("yesterday");
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return date.toLocaleDateString(lang, { day: "numeric", month: "long", ...year });
}

export const timeOfDay = (at: string, { lang }: Texts) =>
  new Date(at).toLocaleTimeString(lang, { hour: lang === "ru" ? "2-digit" : "numeric", minute: "2-digit" });

const units = { ru: ["Б", "КБ", "МБ"], en: ["B", "KB", "MB"] };

export function fileSize(bytes: number, { lang }: Texts): string {
  const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  const size = bytes / 1000 ** step;
  return `${size.toLocaleString(lang, { maximumFractionDigits: size < 10 ? 1 : 0 })} ${units[lang][step]}`;
}
