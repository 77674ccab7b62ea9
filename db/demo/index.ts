import { addGuests, People, type Person } from "./contacts.ts";
import { members, projects, topics } from "./projects.ts";
import { createRandom, type Random } from "./random.ts";
import { edges } from "./scenarios/edges.ts";
import { scenariosByProject } from "./scenarios/index.ts";
import type { EdgeScenario, Scenario } from "./scenarios/scenario.ts";
import { buildTicket, type Plan, type Standing, type World } from "./tickets.ts";
import type { Demo, DemoProject, DemoTicket, Locale } from "./types.ts";

const COUNTS: Record<Standing, number> = {
  fresh: 13,
  unassigned: 7,
  assigned: 14,
  mine: 7,
  waiting: 24,
  done: 384,
};
const SHARES: [project: string, share: number][] = [
  ["tea", 0.34],
  ["soyka", 0.28],
  ["rubicon", 0.15],
  ["harbour", 0.23],
];
const EDGE_STANDING: Record<EdgeScenario["end"], Standing> = {
  open: "unassigned",
  mine: "mine",
  waiting: "waiting",
  done: "done",
};

function pickProject(random: Random): DemoProject {
  let rest = random.next();
  const found = SHARES.find(([, share]) => {
    rest -= share;
    return rest < 0;
  });
  const project = projects.find(({ key }) => key === (found?.[0] ?? "tea"));
  if (!project) throw new Error("A share names no project");
  return project;
}

/** Hands out people: mostly someone new, sometimes someone who has written before. */
class Visitors {
  readonly #random: Random;
  readonly #fresh: Record<Locale, Person[]>;
  readonly #known: Record<Locale, Person[]> = { ru: [], en: [] };

  constructor(people: Person[], random: Random) {
    this.#random = random;
    const shuffled = random.shuffle(people);
    this.#fresh = {
      ru: shuffled.filter((person) => person.contact.locale === "ru"),
      en: shuffled.filter((person) => person.contact.locale === "en"),
    };
  }

  next(locale: Locale): Person {
    const known = this.#known[locale];
    const person = this.#random.chance(0.8) || known.length === 0 ? this.#fresh[locale].pop() : undefined;
    if (!person) return this.#random.pick(known);
    known.push(person);
    return person;
  }

  /** Someone of that gender, for a text written in the first person. */
  nextOf(locale: Locale, gender: Person["gender"]): Person {
    const index = this.#fresh[locale].findLastIndex((person) => person.gender === gender);
    const [person] = this.#fresh[locale].splice(index, 1);
    if (!person) throw new Error(`No ${gender} visitor left`);
    return person;
  }
}

/** Prefers scenarios told least often, so that no story crowds the list. */
class Repertoire {
  readonly #told = new Map<Scenario, number>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  next(project: string, standing: Standing): Scenario {
    const all = scenariosByProject[project] ?? [];
    const fitting = standing === "waiting" ? all.filter(({ talk }) => /^<[?~]/m.test(talk)) : all;
    const rested = this.#random
      .shuffle(fitting)
      .sort((a, b) => (this.#told.get(a) ?? 0) - (this.#told.get(b) ?? 0));
    const scenario = this.#random.pick(rested.slice(0, 3));
    this.#told.set(scenario, (this.#told.get(scenario) ?? 0) + 1);
    return scenario;
  }
}

function planEdge(edge: EdgeScenario, people: Person[], visitors: Visitors): Plan {
  const project = projects.find(({ key }) => key === edge.project);
  if (!project) throw new Error(`Unknown project ${edge.project}`);
  const named = people.find((person) => person.contact.key === edge.contact);
  const person =
    named ?? (edge.gender ? visitors.nextOf(project.locale, edge.gender) : visitors.next(project.locale));
  return { standing: EDGE_STANDING[edge.end], project, person, scenario: edge, edge };
}

type Unkeyed = Omit<DemoTicket, "key">;

/** Builds a ticket whose first words are new in the project, and whose story is new to the person, if it can. */
function buildDistinct(make: () => Plan, world: World, seen: Map<string, number>): Unkeyed {
  for (let attempt = 0; ; attempt++) {
    const plan = make();
    const story = `${plan.person.contact.key}\n${plan.scenario.talk}`;
    if (seen.has(story) && attempt < 15) continue;
    const ticket = buildTicket(plan, world);
    const opening = `${ticket.project}\n${ticket.events[0]?.body ?? ""}`;
    const times = seen.get(opening) ?? 0;
    if (times > 0 && attempt < 15) continue;
    seen.set(opening, times + 1);
    seen.set(story, 1);
    return ticket;
  }
}

/** The demo workspace: the same for the same `now` and `seed`, with every time relative to `now`. */
export function buildDemo(options: { now: Date; seed?: number }): Demo {
  const random = createRandom(options.seed ?? 20_417);
  const people = new People(random);
  for (let i = 0; i < 175; i++) people.addRussian();
  for (let i = 0; i < 82; i++) people.addEnglish();
  const crowd = [...people.all];
  addGuests(people);

  const world: World = { random, people, now: options.now.getTime() };
  const visitors = new Visitors(crowd, random);
  const repertoire = new Repertoire(random);
  const seen = new Map<string, number>();
  const tickets: Unkeyed[] = edges.map((edge) => buildTicket(planEdge(edge, people.all, visitors), world));
  for (const [standing, count] of Object.entries(COUNTS) as [Standing, number][]) {
    for (let i = 0; i < count; i++) {
      const project = pickProject(random);
      const person = visitors.next(project.locale);
      const make = (): Plan => ({
        standing,
        project,
        person,
        scenario: repertoire.next(project.key, standing),
      });
      tickets.push(buildDistinct(make, world, seen));
    }
  }
  tickets.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  return {
    workspace: { name: "Окно: демонстрация" },
    projects,
    members,
    topics,
    contacts: people.all.map((person) => person.contact),
    tickets: tickets.map((ticket, i) => ({ key: `t${String(i + 1).padStart(4, "0")}`, ...ticket })),
  };
}
