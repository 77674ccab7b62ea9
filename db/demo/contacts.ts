import {
  englishGiven,
  englishSurnames,
  femaleSurname,
  type Gender,
  patronymics,
  russianGiven,
  russianSurnames,
} from "./people-names.ts";
import type { Random } from "./random.ts";
import type { DemoContact, DemoIdentity, Locale } from "./types.ts";

/** A contact with what only the texts need: how to address the person and the gender of verbs. */
export type Person = { contact: DemoContact; given: string; gender: Gender };

const LETTERS: Record<string, string> = Object.fromEntries(
  "а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:sch ъ: ы:y ь: э:e ю:yu я:ya"
    .split(" ")
    .map((pair) => pair.split(":") as [string, string]),
);

const latin = (text: string): string =>
  [...text.toLowerCase()]
    .map((letter) => LETTERS[letter] ?? letter)
    .join("")
    .replace(/[^a-z0-9]/g, "");

const MAIL_DOMAINS = ["example.com", "example.org", "mail.example", "post.example"];
// Blocks set aside for fiction or plainly unused: Ofcom's 07700 900xxx, 555-01xx, and +7 900 000-xx-xx.
const US_AREAS = ["202", "206", "312", "415", "617"];

/** People one by one, with identities that never repeat. */
export class People {
  readonly all: Person[] = [];
  readonly #taken = new Set<string>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  addRussian(): Person {
    const random = this.#random;
    const gender: Gender = random.chance(0.5) ? "m" : "f";
    const given = random.pick(russianGiven[gender]);
    const base = random.pick(russianSurnames);
    const surname = gender === "f" ? femaleSurname(base) : base;
    const style = random.next();
    let name = `${given} ${surname}`;
    if (style < 0.12) name = `${surname} ${given} ${random.pick(patronymics[gender])}`;
    else if (style < 0.24) name = given;
    else if (style < 0.3) name = `${given} ${surname.slice(0, 1)}.`;
    return this.#add(name, given, gender, "ru", `${latin(given)}.${latin(surname)}`);
  }

  addEnglish(): Person {
    const random = this.#random;
    const given = random.pick(englishGiven);
    const surname = random.pick(englishSurnames);
    const name = random.chance(0.12) ? given : `${given} ${surname}`;
    return this.#add(name, given, "m", "en", `${latin(given)}.${latin(surname)}`);
  }

  addNamed(
    key: string,
    named: { name: string; given: string; gender: Gender; locale: Locale; mailbox: string },
  ): Person {
    return this.#add(named.name, named.given, named.gender, named.locale, named.mailbox, key);
  }

  /** The person's identity of that kind; gives them one if they have none. */
  identity(person: Person, kind: DemoIdentity["kind"]): string {
    const own = person.contact.identities.find((identity) => identity.kind === kind);
    if (own) return own.value;
    const value =
      kind === "email" ? this.#email(latin(person.given)) : this.#fresh(() => this.#make(kind, person));
    person.contact.identities.push({ kind, value });
    return value;
  }

  #add(name: string, given: string, gender: Gender, locale: Locale, mailbox: string, key?: string): Person {
    const number = String(this.all.length + 1).padStart(3, "0");
    const person: Person = {
      contact: { key: key ?? `c${number}`, name, locale, identities: [] },
      given,
      gender,
    };
    this.all.push(person);
    const share = this.#random.next();
    if (share < 0.85) person.contact.identities.push({ kind: "email", value: this.#email(mailbox) });
    if (share > 0.4) this.identity(person, "phone");
    return person;
  }

  #make(kind: "phone" | "webchat", person: Person): string {
    const random = this.#random;
    const digits = (count: number): string => String(random.int(0, 10 ** count - 1)).padStart(count, "0");
    if (kind === "webchat") return `visitor-${random.int(0x1000_0000, 0xffff_ffff).toString(16)}`;
    if (person.contact.locale === "ru") return `+7900000${digits(4)}`;
    return random.chance(0.85) ? `+447700900${digits(3)}` : `+1${random.pick(US_AREAS)}55501${digits(2)}`;
  }

  #email(mailbox: string): string {
    return this.#fresh((attempt) => {
      const suffix = attempt === 0 ? "" : String(this.#random.int(2, 99));
      return `${mailbox}${suffix}@${this.#random.pick(MAIL_DOMAINS)}`;
    });
  }

  #fresh(make: (attempt: number) => string): string {
    for (let attempt = 0; attempt < 1000; attempt++) {
      const value = make(attempt);
      if (this.#taken.has(value)) continue;
      this.#taken.add(value);
      return value;
    }
    throw new Error("No free identity left");
  }
}

/** Exactly 200 characters: the longest name that must be kept whole. */
const officialName =
  "Муниципальное бюджетное учреждение культуры «Центральная районная библиотека имени первых строителей узкоколейной железной дороги с общественной приёмной, читальным залом, отделом краеведения и садом»";

/** The fixed guests of the edge scenarios. */
export function addGuests(people: People): void {
  people.addNamed("long-name", {
    name: officialName,
    given: "коллеги",
    gender: "m",
    locale: "ru",
    mailbox: "biblioteka",
  });
  people.addNamed("emoji", {
    name: "Катя 🌸☕️",
    given: "Катя",
    gender: "f",
    locale: "ru",
    mailbox: "katya.flowers",
  });
  people.addNamed("tatar", {
    name: "Гөлназ Әхмәтҗанова",
    given: "Гөлназ",
    gender: "f",
    locale: "ru",
    mailbox: "gulnaz.a",
  });
  people.addNamed("kazakh", {
    name: "Әсел Нұрғалиқызы",
    given: "Әсел",
    gender: "f",
    locale: "ru",
    mailbox: "asel.n",
  });
  people.addNamed("hebrew", {
    name: "נועה לוי",
    given: "נועה",
    gender: "f",
    locale: "en",
    mailbox: "noa.levi",
  });
}
