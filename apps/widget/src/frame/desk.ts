import type { Desk } from "./config.ts";
import type { Texts } from "./texts.ts";

const dayMs = 86_400_000;
const minutesADay = 1440;

/** "завтра с 9:00", "в понедельник с 9:00", "10 января с 9:00": by the reader's own clock and calendar. */
export function openingWords(opensAt: string, texts: Texts, now = new Date()): string {
  const { lang, t } = texts;
  const date = new Date(opensAt);
  const midnight = (of: Date) => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
  const days = Math.round((midnight(date) - midnight(now)) / dayMs);
  const time = date.toLocaleTimeString(lang, { hour: "numeric", minute: "2-digit" });
  if (days <= 0) return t("opensToday", { time });
  if (days === 1) return t("opensTomorrow", { time });
  if (days < 7) return t("opensOn", { day: t(`weekday${date.getDay() as 0 | 1 | 2 | 3 | 4 | 5 | 6}`), time });
  return t("opensLater", { day: date.toLocaleDateString(lang, { day: "numeric", month: "long" }), time });
}

function replyTime(minutes: number, { count }: Texts): string {
  if (minutes < 60) return count(minutes, "minutes");
  if (minutes < minutesADay) return count(Math.ceil(minutes / 60), "hours");
  return count(Math.ceil(minutes / minutesADay), "days");
}

/** One line under the heading: what can be expected now; undefined where nothing can be promised. */
export function deskWords(desk: Desk, texts: Texts, now = new Date()): string | undefined {
  const { t } = texts;
  if (!desk.open)
    return desk.opensAt ? t("closedUntil", { when: openingWords(desk.opensAt, texts, now) }) : t("closedNow");
  if (desk.text) return desk.text;
  return desk.replyMinutes === null
    ? undefined
    : t("repliesIn", { time: replyTime(desk.replyMinutes, texts) });
}
