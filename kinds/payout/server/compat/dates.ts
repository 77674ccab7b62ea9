import { no } from "./refusal.ts";

/** How instants are written: as the interface's clients read them, or as the founding text shows them. Always UTC, as no zone is told. */
export type DateFormat = "iso" | "founding";

const names: ReadonlyMap<string, DateFormat> = new Map([
  ["YYYY-MM-DD HH:MM:SS", "iso"],
  ["HH:MM:SS DD-MM-YYYY", "founding"],
]);

/** By its name, in whatever case the letters of the pattern are. @throws CompatRefusal */
export function dateFormatOf(name: string | undefined): DateFormat {
  const format = names.get((name ?? "YYYY-MM-DD HH:MM:SS").toUpperCase());
  if (!format) throw no("`date_format` must be `YYYY-MM-DD HH:mm:ss` or `HH:mm:ss dd-MM-yyyy`");
  return format;
}

export function formatDate(at: Date, format: DateFormat): string {
  const [date = "", time = ""] = at.toISOString().slice(0, 19).split("T");
  return format === "iso" ? `${date} ${time}` : `${time} ${date.split("-").reverse().join("-")}`;
}

const isoPattern = /^(?<date>\d{4}-\d{2}-\d{2}) (?<time>\d{2}:\d{2}:\d{2})$/u;
const foundingPattern = /^(?<time>\d{2}:\d{2}:\d{2}) (?<day>\d{2})-(?<month>\d{2})-(?<year>\d{4})$/u;

/** The instant of either writing, whichever it is; undefined for no instant at all. */
export function parseDate(text: string): Date | undefined {
  const iso = isoPattern.exec(text)?.groups;
  const founding = foundingPattern.exec(text)?.groups;
  const date = iso?.date ?? (founding && `${founding.year}-${founding.month}-${founding.day}`);
  const at = new Date(`${date}T${iso?.time ?? founding?.time}Z`);
  // The thirtieth of February would become a day in March.
  return Number.isNaN(at.getTime()) || formatDate(at, iso ? "iso" : "founding") !== text ? undefined : at;
}
