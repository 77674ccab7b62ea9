import { DAY, dayAndMonth, localTime, MINUTE, weekdayName } from "./calendar.ts";
import type { People, Person } from "./contacts.ts";
import type { Gender } from "./people-names.ts";
import type { Random } from "./random.ts";
import type { DemoProject } from "./types.ts";
import { cities, englishCities, products, promos, streets, tariffs, teas } from "./vocabulary.ts";

/** What the texts of one ticket know. A slot keeps its value throughout the ticket. */
export type Telling = {
  random: Random;
  people: People;
  person: Person;
  project: DemoProject;
  createdAt: number;
  values: Map<string, string>;
  /** The text is taken as it stands. */
  raw: boolean;
};

const ORDER_PREFIX: Record<string, string> = { tea: "СЧ-", soyka: "С-", rubicon: "Р-", harbour: "HP-" };

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, (_, i) => random.int(i === 0 ? 1 : 0, 9)).join("");

function money(telling: Telling, min: number, max: number): string {
  const { random, project } = telling;
  if (project.locale === "en")
    return `£${Math.round(random.int(min, max) / 5)}.${random.pick(["00", "50", "95"])}`;
  const scale = project.key === "rubicon" ? 20 : 1;
  return `${(random.int(min, max) * 10 * scale).toLocaleString("ru-RU").replace(/\s/g, " ")} ₽`;
}

function days(telling: Telling): string {
  const count = telling.random.int(3, 5);
  if (telling.project.locale === "en") return `${count} days`;
  return count < 5 ? `${count} дня` : `${count} дней`;
}

function phone(telling: Telling): string {
  const value = telling.people.identity(telling.person, "phone");
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(value);
  if (!russian) return value;
  const spaced = `${russian.slice(1, 3).join(" ")} ${russian[3]} ${russian[4]}`;
  return telling.random.chance(0.5) ? `8 ${spaced}` : `+7 ${spaced}`;
}

function street(telling: Telling): string {
  const { random, project } = telling;
  const name = random.pick(streets[project.locale]);
  return project.locale === "en" ? `${random.int(2, 90)} ${name}` : `${name}, ${random.int(2, 90)}`;
}

/** A local time of day some minutes away from the ticket's creation, rounded as people round. */
function clockTime(telling: Telling, minutes: number): string {
  const local = localTime(telling.createdAt + minutes * MINUTE, telling.project.timeZone);
  // What is promised for later today falls into the day.
  const hour = minutes > 0 && (local.hour < 11 || local.hour > 21) ? 19.5 : local.hour;
  const rounded = Math.floor(hour * 12) * 5;
  return `${Math.floor(rounded / 60)}:${String(rounded % 60).padStart(2, "0")}`;
}

const MAKERS: Record<string, (telling: Telling) => string> = {
  name: (t) => t.person.given,
  email: (t) => t.people.identity(t.person, "email"),
  phone,
  last4: (t) => t.people.identity(t.person, "phone").slice(-4),
  order: (t) => `${ORDER_PREFIX[t.project.key] ?? ""}${digits(t.random, 5)}`,
  pay: (t) => `RP-${digits(t.random, 7)}`,
  ref: (t) => `${t.random.pick(["A", "K", "R", "T"])}${digits(t.random, 8)}`,
  track: (t) => `${t.project.locale === "en" ? "HB" : "СД"}${digits(t.random, 10)}`,
  lot: (t) => digits(t.random, 6),
  card4: (t) => digits(t.random, 4),
  n: (t) => String(t.random.int(5, 9)),
  days,
  mins: (t) => `${t.random.pick([25, 30, 40, 45, 50])} минут`,
  time: (t) => clockTime(t, -t.random.int(60, 170)),
  later: (t) => clockTime(t, t.random.int(180, 330)),
  sum: (t) => money(t, 140, 690),
  sum2: (t) => money(t, 35, 120),
  street,
  tea: (t) => t.random.pick(teas),
  product: (t) => t.random.pick(products),
  tariff: (t) => t.random.pick(tariffs),
  promo: (t) => t.random.pick(promos[t.project.locale]),
  city: (t) => (t.project.locale === "en" ? t.random.pick(englishCities) : t.random.pick(cities)[0]),
};

function remembered(telling: Telling, slot: string): string {
  const known = telling.values.get(slot);
  if (known !== undefined) return known;
  const make = MAKERS[slot];
  if (!make) throw new Error(`Unknown slot {${slot}}`);
  const value = make(telling);
  telling.values.set(slot, value);
  return value;
}

function city(telling: Telling, form: string): string {
  const nominative = remembered(telling, "city");
  const row = cities.find(([name]) => name === nominative);
  if (!row) throw new Error(`No forms for ${nominative}`);
  const into = /^В[^аеёиоуыэюя]/.test(nominative) ? "во" : "в";
  if (form === "in") return `${into} ${row[2]}`;
  return form === "to" ? `${into} ${row[3]}` : `из ${row[1]}`;
}

function slotValue(telling: Telling, slot: string): string {
  const dated = /^(date|wday|weekday)([+-]\d+)$/.exec(slot);
  const { locale, timeZone } = telling.project;
  if (dated) {
    const at = telling.createdAt + Number(dated[2]) * DAY;
    if (dated[1] === "date") return dayAndMonth(at, locale, timeZone);
    const name = weekdayName(at, locale, timeZone);
    return locale === "en" && dated[1] === "wday" ? `on ${name}` : name;
  }
  if (slot.startsWith("city.")) return city(telling, slot.slice(5));
  if (slot === "tea.gen") return `чая «${remembered(telling, "tea")}»`;
  if (slot === "tea") return `чай «${remembered(telling, "tea")}»`;
  return remembered(telling, slot);
}

const startsSentence = (before: string): boolean => /(^|[.!?]\s+|\n)$/.test(before);
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Fills a text: free choices first, then gendered endings, then slots. */
export function render(template: string, telling: Telling, memberGender: Gender = "m"): string {
  if (telling.raw) return template;
  const { random, person } = telling;
  const pickGender = (gender: Gender, male: string, female: string): string =>
    gender === "f" ? female : male;
  return template
    .replace(/\[\[(.+?)\]\]/gs, (_, options: string) => random.pick(options.split("||")).trim())
    .replace(/\{@([^{}|]*)\|([^{}|]*)\}/g, (_, male: string, female: string) =>
      pickGender(memberGender, male, female),
    )
    .replace(/\{([^{}|]*)\|([^{}|]*)\}/g, (_, male: string, female: string) =>
      pickGender(person.gender, male, female),
    )
    .replace(/\{([a-z][a-z0-9.+-]*)\}/g, (_, slot: string, offset: number, whole: string) => {
      const value = slotValue(telling, slot);
      const word = /^(wday|tea|product|city)/.test(slot);
      return word && startsSentence(whole.slice(0, offset)) ? capital(value) : value;
    });
}
