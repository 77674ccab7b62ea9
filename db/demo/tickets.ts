import { busyInstant, DAY, HOUR, MINUTE, withinHours } from "./calendar.ts";
import type { People, Person } from "./contacts.ts";
import { Conversation, type Crew, type Script } from "./conversation.ts";
import { members } from "./projects.ts";
import type { Random } from "./random.ts";
import { render, type Telling } from "./render.ts";
import { type EdgeScenario, parseTalk, type Scenario, type Step } from "./scenarios/scenario.ts";
import type { DemoChannel, DemoProject, DemoTicket } from "./types.ts";
import { checkNotes, reopenNotes } from "./vocabulary.ts";

/** How a ticket stands at `now`. "fresh" and "unassigned" wait for somebody to take them. */
export type Standing = "fresh" | "unassigned" | "assigned" | "mine" | "waiting" | "done";

export type Plan = {
  standing: Standing;
  project: DemoProject;
  person: Person;
  scenario: Scenario;
  edge?: EdgeScenario;
};

export type World = { random: Random; people: People; now: number };

const MAIN_OPERATOR = members[0]?.key ?? "";

function createdAtFor(standing: Standing, world: World, timeZone: string): number {
  const { random, now } = world;
  const between = (from: number, to: number): number =>
    busyInstant(random, { from: now - from, to: now - to, timeZone });
  if (standing === "fresh") return now - random.int(4 * MINUTE, 2 * HOUR - MINUTE);
  if (standing === "unassigned") return between(28 * HOUR, 2 * HOUR);
  if (standing === "waiting") return between(9 * DAY, 16 * HOUR);
  if (standing === "done")
    return random.chance(0.1) ? between(40 * HOUR, 4 * HOUR) : between(35 * DAY, 5 * HOUR);
  return between(random.chance(0.2) ? 6 * DAY : 2 * DAY, 3 * HOUR);
}

function chooseChannel(plan: Plan, first: string, random: Random): DemoChannel {
  if (plan.scenario.via) return plan.scenario.via;
  if (first.length < 90) return random.chance(0.6) ? "webchat" : "form";
  return random.chance(0.25) ? "webchat" : random.chance(0.7) ? "form" : "api";
}

function chooseCrew(plan: Plan, random: Random): Crew {
  const { project, standing, edge } = plan;
  const staff = members.filter((member) => member.projects.includes(project.key));
  // Those who share the project's language answer most; the others step in now and then.
  const ready = staff
    .filter((member) => member.locale === project.locale || random.chance(0.2))
    .map(({ key }) => key);
  const leads = ready.filter(
    (key) => key !== edge?.colleague && (standing !== "assigned" || key !== MAIN_OPERATOR),
  );
  const lead = standing === "mine" ? MAIN_OPERATOR : random.pick(leads);
  const colleague = edge?.colleague ?? random.pick(staff.map(({ key }) => key).filter((key) => key !== lead));
  const chiefs = staff.filter(({ role }) => role === "supervisor" || role === "owner").map(({ key }) => key);
  const chief = random.pick(chiefs);
  return chief !== lead && random.chance(0.2) ? { lead, colleague, assignedBy: chief } : { lead, colleague };
}

/** The part of the talk that has happened by now. */
function stepsUntilNow(plan: Plan, steps: Step[], random: Random): Step[] {
  const firstMember = steps.findIndex((step) => step.kind !== "customer");
  const opening = firstMember === -1 ? steps : steps.slice(0, firstMember);
  if (plan.edge) return steps;
  if (plan.standing === "fresh" || plan.standing === "unassigned") return opening;
  if (plan.standing === "waiting") {
    const waits = steps.findIndex((step) => step.kind === "reply" && step.wait !== undefined);
    const reply = steps.findIndex((step) => step.kind === "reply");
    const told = steps.slice(0, (waits === -1 ? reply : waits) + 1);
    const last = told.at(-1);
    // A good part of those who ask the customer also set themselves a time to look again.
    return last && random.chance(0.4) ? [...told.slice(0, -1), { kind: "reply", text: last.text }] : told;
  }
  if (plan.standing === "done") return steps;
  // Open in someone's hands: the customer spoke last, and it was not the closing word.
  const second = steps.findIndex(
    (step, i) => i > firstMember && step.kind === "customer" && i < steps.length - 1,
  );
  return second !== -1 && random.chance(0.6) ? steps.slice(0, second + 1) : opening;
}

function firstWords(text: string): string {
  const line = text.split("\n")[0] ?? "";
  if (line.length <= 60) return line;
  const cut = line.slice(0, 58);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), 20)).replace(/[,.:;–—-]+$/, "")}…`;
}

function finish(plan: Plan, conversation: Conversation, random: Random): void {
  const by = conversation.handler ?? MAIN_OPERATOR;
  const outcome = plan.scenario.outcome ?? (random.chance(0.7) ? "resolved" : "explained");
  const { events } = conversation;
  const last = events.at(-1);
  const answered = events.at(-2)?.by !== "customer" && events.at(-2)?.type === "message";
  // Often the operator completes at once, and the thanks come to a completed ticket.
  if (last?.by === "customer" && answered && random.chance(0.25)) {
    events.pop();
    const after = new Date(((events.at(-1)?.at.getTime() ?? 0) + last.at.getTime()) / 2);
    events.push({ at: after, by, type: "complete", outcome }, last);
  }
  conversation.pause();
  conversation.push(by, "complete", { outcome });
  if (random.chance(0.03)) {
    conversation.push(by, "reopen");
    conversation.push(by, "note", { body: random.pick(reopenNotes[plan.project.locale]) });
    conversation.push(by, "complete", { outcome });
  }
}

/** A waiting ticket waits for the customer, or for a time that lies ahead. */
function leaveWaiting(plan: Plan, conversation: Conversation, world: World): void {
  const { random, now } = world;
  const { events } = conversation;
  if (events.at(-1)?.type === "postpone" && events.at(-1)?.untilReply) return;
  if (events.at(-1)?.type === "postpone") events.pop();
  const by = conversation.handler ?? MAIN_OPERATOR;
  if (random.chance(0.6))
    conversation.push(by, "note", { body: random.pick(checkNotes[plan.project.locale]) });
  const until = withinHours(
    now + random.int(3 * HOUR, 5 * DAY),
    { open: 9, close: 19, timeZone: plan.project.timeZone },
    random,
  );
  conversation.push(by, "postpone", { until: new Date(until) });
}

type Marks = Pick<DemoTicket, "topic" | "priority" | "labels">;

/** What the ticket carries from the start, and what a member adds after taking it. */
function chooseMarks(
  plan: Plan,
  channel: DemoChannel,
  random: Random,
): { start: Marks; later: Partial<Marks> } {
  const { topic, priority = "normal", labels = [] } = plan.scenario;
  const untouched = plan.standing === "fresh" || plan.standing === "unassigned";
  const start: Marks = { priority, labels };
  const later: Partial<Marks> = {};
  if (topic !== undefined) {
    // In the chat nobody chooses a topic; half of the time it is clear from the page the chat stands on.
    if (channel === "webchat" && random.chance(0.6)) later.topic = topic;
    else start.topic = topic;
  }
  if (untouched || random.chance(0.4)) return { start, later };
  if (priority !== "normal") later.priority = priority;
  if (labels.length > 0) later.labels = labels;
  return { start: { ...start, priority: "normal", labels: [] }, later };
}

function ensureReachable(person: Person, channel: DemoChannel, people: People): void {
  if (channel === "webchat") people.identity(person, "webchat");
  else if (!person.contact.identities.some(({ kind }) => kind !== "webchat"))
    people.identity(person, "email");
}

function play(plan: Plan, channel: DemoChannel, telling: Telling, later: Partial<Marks>): Conversation {
  const { random } = telling;
  const { scenario, standing } = plan;
  const steps = stepsUntilNow(plan, parseTalk(scenario.talk), random);
  const script: Script = { telling, channel, steps, urgent: scenario.priority === "urgent" };
  if (standing !== "fresh" && standing !== "unassigned") script.crew = chooseCrew(plan, random);
  if (Object.keys(later).length > 0) script.set = later;
  const conversation = new Conversation(script);
  conversation.tell();
  if (script.crew) conversation.take(script.crew);
  if (standing === "done") finish(plan, conversation, random);
  return conversation;
}

/** Plays one plan: a ticket with its events, the last of which leaves it standing as planned. */
export function buildTicket(plan: Plan, world: World): Omit<DemoTicket, "key"> {
  const { random, people, now } = world;
  const { project, person, scenario, standing, edge } = plan;
  const base = { random, people, person, project, raw: edge?.raw ?? false };
  const channel = chooseChannel(plan, parseTalk(scenario.talk)[0]?.text ?? "", random);
  ensureReachable(person, channel, people);
  const { start, later } = chooseMarks(plan, channel, random);

  let telling: Telling = {
    ...base,
    createdAt: createdAtFor(standing, world, project.timeZone),
    values: new Map(),
  };
  let conversation = play(plan, channel, telling, later);
  const overrun = (conversation.events.at(-1)?.at.getTime() ?? now) - now;
  if (standing === "done" && overrun > (random.chance(0.5) ? 10 * HOUR : 0)) {
    // A finished story that would reach beyond now began some days earlier; the dates in it move along.
    telling = { ...base, createdAt: telling.createdAt - Math.ceil(overrun / DAY) * DAY, values: new Map() };
    conversation = play(plan, channel, telling, later);
  }
  conversation.endBefore(now - random.int(2 * MINUTE, 3 * MINUTE));
  if (standing === "waiting") leaveWaiting(plan, conversation, world);

  const first = conversation.events[0];
  if (!first) throw new Error("A ticket begins with the customer's message");
  return {
    project: project.key,
    contact: person.contact.key,
    channel,
    subject:
      channel === "webchat" && !edge ? firstWords(first.body ?? "") : render(scenario.subject, telling),
    ...start,
    createdAt: first.at,
    events: conversation.events,
  };
}
