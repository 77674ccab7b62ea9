import { describe, expect, test } from "vitest";
import { localTime } from "./calendar.ts";
import { buildDemo } from "./index.ts";
import { femaleSurname } from "./people-names.ts";
import { scenariosByProject } from "./scenarios/index.ts";
import { parseTalk } from "./scenarios/scenario.ts";
import type { DemoEvent, DemoTicket } from "./types.ts";

const NOW = new Date("2026-03-18T13:20:00Z");
const HOUR = 3_600_000;
const demo = buildDemo({ now: NOW });
const textsOf = (ticket: DemoTicket): string[] =>
  [ticket.subject, ...ticket.events.flatMap((event) => [event.body, event.note])].filter(
    (text) => text !== undefined,
  );

type State = "new" | "open" | "waiting" | "done";
const whatMembersMay: Record<State, DemoEvent["type"][]> = {
  new: [],
  open: ["message", "note", "claim", "assign", "transfer", "set", "postpone", "complete"],
  waiting: ["reopen"],
  done: ["reopen"],
};

function next(state: State, event: DemoEvent): State {
  if (event.by === "customer") return event.type === "message" ? "open" : fail(state, event);
  if (!whatMembersMay[state].includes(event.type)) return fail(state, event);
  if (event.type === "complete") return "done";
  return event.type === "postpone" ? "waiting" : "open";
}

function fail(state: State, event: DemoEvent): never {
  throw new Error(`${event.by} may not ${event.type} a ticket that is ${state}`);
}

const endOf = (ticket: DemoTicket): State => ticket.events.reduce<State>(next, "new");

function handlerOf(ticket: DemoTicket): string | undefined {
  let handler: string | undefined;
  for (const event of ticket.events) {
    if (event.type === "claim") handler = event.by;
    if (event.type === "assign" || event.type === "transfer") handler = event.to;
  }
  return handler;
}

const standing = (state: State): DemoTicket[] => demo.tickets.filter((ticket) => endOf(ticket) === state);

describe("the demo workspace", () => {
  test("is the same for the same seed and another for another", () => {
    expect(buildDemo({ now: NOW })).toEqual(demo);
    expect(buildDemo({ now: NOW, seed: 5 }).tickets).not.toEqual(demo.tickets);
  });

  test.each(["2026-01-01T00:05:00Z", "2026-03-29T01:30:00Z", "2026-07-04T03:00:00Z", "2028-02-29T23:59:59Z"])(
    "nothing but `until` lies ahead of %s, and nothing is older than five weeks",
    (at) => {
      const now = new Date(at);
      for (const ticket of buildDemo({ now }).tickets) {
        expect(now.getTime() - ticket.createdAt.getTime()).toBeLessThanOrEqual(35 * 24 * HOUR);
        for (const event of ticket.events)
          expect(event.at.getTime(), ticket.subject).toBeLessThanOrEqual(now.getTime());
        ticket.events.reduce<State>(next, "new");
      }
    },
  );

  test("a ticket begins with the customer's words, and its events stand in time order", () => {
    for (const ticket of demo.tickets) {
      const [first] = ticket.events;
      expect(first).toMatchObject({ by: "customer", type: "message", at: ticket.createdAt });
      expect(first?.body?.length).toBeGreaterThan(0);
      const times = ticket.events.map((event) => event.at.getTime());
      for (const [i, time] of times.entries()) if (i > 0) expect(time).toBeGreaterThan(times[i - 1] ?? 0);
    }
  });

  test("every step is legal for the flow, and whoever acts has taken the ticket before completing it", () => {
    for (const ticket of demo.tickets) {
      expect(() => endOf(ticket), ticket.key).not.toThrow();
      if (endOf(ticket) === "done") expect(handlerOf(ticket), ticket.key).toBeDefined();
    }
  });

  test("events carry what their type needs, and nothing else", () => {
    const needs: Record<DemoEvent["type"], string[]> = {
      message: ["body"],
      note: ["body"],
      claim: [""],
      assign: ["to"],
      transfer: ["note,to"],
      complete: ["outcome"],
      postpone: ["until", "untilReply"],
      reopen: [""],
      set: ["set"],
    };
    for (const { at, by, type, ...rest } of demo.tickets.flatMap((ticket) => ticket.events)) {
      expect(needs[type], `${type} by ${by}`).toContain(Object.keys(rest).sort().join());
      for (const value of Object.values(rest)) expect(value).toBeTruthy();
      expect((rest.until ?? new Date(8.64e15)).getTime()).toBeGreaterThan(at.getTime());
      expect(rest.outcome ?? "resolved").toMatch(/^[a-z_]+$/);
    }
  });

  test("every reference resolves within its project, and no key or identity is used twice", () => {
    const unique = (keys: string[]): Set<string> => {
      expect(new Set(keys).size).toBe(keys.length);
      return new Set(keys);
    };
    const projects = unique(demo.projects.map(({ key }) => key));
    const contacts = unique(demo.contacts.map(({ key }) => key));
    unique(demo.tickets.map(({ key }) => key));
    unique(demo.members.map(({ email }) => email));
    unique(
      demo.contacts.flatMap(({ identities }) => identities.map(({ kind, value }) => `${kind}:${value}`)),
    );
    for (const ticket of demo.tickets) {
      expect(projects).toContain(ticket.project);
      expect(contacts).toContain(ticket.contact);
    }
  });

  test("topics and members belong to the project of the ticket", () => {
    const topics = new Map(demo.topics.map((topic) => [topic.key, topic.project]));
    for (const { project, topic, events } of demo.tickets) {
      const named = [topic, ...events.map((event) => event.set?.topic)].filter((key) => key !== undefined);
      for (const key of named) expect(topics.get(key)).toBe(project);
      const staff = demo.members.filter((member) => member.projects.includes(project)).map(({ key }) => key);
      const acting = events
        .flatMap(({ by, to }) => [by, to])
        .filter((key) => key !== undefined && key !== "customer");
      expect(staff).toEqual(expect.arrayContaining(acting));
      for (const { by, to } of events) expect(to).not.toBe(by);
    }
  });

  test("the channel can reach its contact", () => {
    for (const ticket of demo.tickets) {
      const kinds =
        demo.contacts.find(({ key }) => key === ticket.contact)?.identities.map(({ kind }) => kind) ?? [];
      if (ticket.channel === "webchat") expect(kinds).toContain("webchat");
      else expect(kinds.some((kind) => kind !== "webchat")).toBe(true);
    }
  });

  test("topics make a tree of at most two levels and nine a level", () => {
    const byKey = new Map(demo.topics.map((topic) => [topic.key, topic]));
    const siblings = new Map<string, number>();
    for (const topic of demo.topics) {
      const parent = topic.parent === undefined ? undefined : byKey.get(topic.parent);
      if (topic.parent !== undefined) expect(parent).toMatchObject({ project: topic.project });
      expect(parent?.parent).toBeUndefined();
      const level = `${topic.project}/${topic.parent ?? ""}`;
      siblings.set(level, (siblings.get(level) ?? 0) + 1);
    }
    expect(Math.max(...siblings.values())).toBeLessThanOrEqual(9);
  });
});

describe("what the lists show", () => {
  test("counts are as promised", () => {
    expect(demo.tickets.length).toBeGreaterThanOrEqual(420);
    expect(demo.contacts.length).toBeGreaterThanOrEqual(255);
    expect([demo.projects.length, demo.members.length]).toEqual([4, 8]);
    expect(demo.members[0]).toMatchObject({ key: "anna", role: "owner" });
    const open = standing("open");
    expect(open.length).toBeGreaterThanOrEqual(40);
    expect(open.length).toBeLessThanOrEqual(50);
    expect(open.filter((ticket) => handlerOf(ticket) === "anna").length).toBeGreaterThanOrEqual(8);
    expect(open.filter((ticket) => handlerOf(ticket) === undefined).length).toBeGreaterThanOrEqual(15);
    expect(standing("waiting").length).toBeGreaterThanOrEqual(20);
    expect(standing("waiting").length).toBeLessThanOrEqual(30);
    expect(
      demo.tickets.filter(({ createdAt }) => NOW.getTime() - createdAt.getTime() < 2 * HOUR).length,
    ).toBeGreaterThanOrEqual(8);
  });

  test("waiting tickets wait for a reply or for a time ahead, some of each", () => {
    const last = standing("waiting").map((ticket) => ticket.events.at(-1));
    for (const event of last) if (event?.until) expect(event.until.getTime()).toBeGreaterThan(NOW.getTime());
    expect(last.filter((event) => event?.untilReply).length).toBeGreaterThan(3);
    expect(last.filter((event) => event?.until).length).toBeGreaterThan(3);
  });

  test("nights and weekends are quieter than working hours", () => {
    const at = demo.tickets.map(({ createdAt }) => localTime(createdAt.getTime(), "Europe/Moscow"));
    const perHour = (from: number, to: number): number =>
      at.filter(({ hour }) => hour >= from && hour < to).length / (to - from);
    expect(perHour(1, 7) * 4).toBeLessThan(perHour(9, 18));
    const weekend = at.filter(({ weekday }) => weekday === 0 || weekday === 6).length / 2;
    expect(weekend).toBeLessThan((at.length - weekend * 2) / 5);
  });
});

describe("the texts", () => {
  test("at least ninety scenarios, sixty of them Russian and thirty English, each telling a whole story", () => {
    const { harbour = [], ...russian } = scenariosByProject;
    expect(Object.values(russian).flat().length).toBeGreaterThanOrEqual(60);
    expect(harbour.length).toBeGreaterThanOrEqual(30);
    for (const { talk } of Object.values(scenariosByProject).flat()) {
      expect(parseTalk(talk).some(({ kind }) => kind === "reply")).toBe(true);
    }
  });

  test("no slot, choice or gendered ending is left unfilled", () => {
    for (const ticket of demo.tickets) {
      for (const text of textsOf(ticket)) {
        expect(text).not.toMatch(/\{[@\p{L}.|+\-\d]*\}|\[\[|\]\]|\|\||undefined|NaN|\[object/u);
        if (!text.includes("```")) expect(text).not.toMatch(/ {2}|\s[,.!?](\s|$)/);
      }
    }
  });

  test("no first message opens more than three tickets of a project", () => {
    const times = new Map<string, number>();
    for (const { project, events } of demo.tickets) {
      const key = `${project}\n${events[0]?.body}`;
      times.set(key, (times.get(key) ?? 0) + 1);
    }
    expect(Math.max(...times.values())).toBeLessThanOrEqual(3);
  });

  test("subjects are short", () => {
    for (const { subject } of demo.tickets) expect(subject.length).toBeLessThanOrEqual(60);
  });

  test("Russian surnames follow the gender", () => {
    expect(
      ["Орлов", "Лапин", "Царёв", "Боровский", "Бондаренко", "Григорян", "Шевчук"].map(femaleSurname),
    ).toEqual(["Орлова", "Лапина", "Царёва", "Боровская", "Бондаренко", "Григорян", "Шевчук"]);
  });

  test("phones come from blocks that belong to nobody, addresses from reserved domains", () => {
    for (const { kind, value } of demo.contacts.flatMap(({ identities }) => identities)) {
      if (kind === "phone") expect(value).toMatch(/^(\+7900000\d{4}|\+447700900\d{3}|\+1\d{3}55501\d{2})$/);
      if (kind === "email") expect(value).toMatch(/^[a-z0-9.]+@(example\.(com|org)|[a-z]+\.example)$/);
    }
  });

  test("the unusual is there: long names and texts, emoji, Tatar, Kazakh, Hebrew, a link, JSON, twelve exchanges", () => {
    const names = demo.contacts.map(({ name }) => name);
    expect(names.some((name) => name.length === 200)).toBe(true);
    for (const script of [/\p{Extended_Pictographic}/u, /[Әәҗ]/, /[Ұұғқ]/, /\p{Script=Hebrew}/u]) {
      expect(names.some((name) => script.test(name))).toBe(true);
    }
    const bodies = demo.tickets.flatMap(textsOf);
    expect(bodies.some((body) => body.length >= 3000)).toBe(true);
    expect(bodies.some((body) => /^СЧ-\d{5}$/.test(body))).toBe(true);
    expect(bodies.some((body) => body.includes("https://"))).toBe(true);
    expect(bodies.some((body) => body.includes("```json"))).toBe(true);
    const words = ({ events }: DemoTicket): number =>
      events.filter(({ by, type }) => by === "customer" && type === "message").length;
    expect(Math.max(...demo.tickets.map(words))).toBeGreaterThanOrEqual(12);
  });
});
