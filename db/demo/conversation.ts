import { busyness, HOUR, localTime, MINUTE, withinHours } from "./calendar.ts";
import { memberGender } from "./projects.ts";
import type { Random } from "./random.ts";
import { render, type Telling } from "./render.ts";
import type { Step } from "./scenarios/scenario.ts";
import type { DemoChannel, DemoEvent } from "./types.ts";

/** Who takes part on the members' side: the one who leads, and the one who is asked or takes over. */
export type Crew = { lead: string; colleague: string; assignedBy?: string };

export type Script = {
  telling: Telling;
  channel: DemoChannel;
  steps: Step[];
  /** Without a crew only the customer's words are told: nobody has taken the ticket yet. */
  crew?: Crew;
  /** What the lead sets right after taking the ticket. */
  set?: DemoEvent["set"];
  /** Urgent matters are answered within minutes, whatever the channel. */
  urgent: boolean;
};

type Pace = { random: Random; timeZone: string; chat: boolean };

function memberPause(pace: Pace, from: number): number {
  const { random, timeZone } = pace;
  const minutes = pace.chat ? random.int(1, 12) : random.int(6, 110);
  return withinHours(
    from + minutes * MINUTE + random.int(0, 59_999),
    { open: 8, close: 22, timeZone },
    random,
  );
}

function customerPause(pace: Pace, from: number): number {
  const { random, timeZone } = pace;
  const minutes = pace.chat && random.chance(0.85) ? random.int(1, 9) : random.int(15, 400);
  const at = from + minutes * MINUTE + random.int(0, 59_999);
  return localTime(at, timeZone).hour < 7 && busyness(at, timeZone) < 0.1
    ? withinHours(at, { open: 7, close: 24, timeZone }, random)
    : at;
}

/** Turns the steps of a scenario into events, in time order, from the ticket's creation on. */
export class Conversation {
  readonly events: DemoEvent[] = [];
  readonly #script: Script;
  readonly #pace: Pace;
  #at: number;
  #handler: string | undefined;
  #dueBack: number | undefined;

  constructor(script: Script) {
    this.#script = script;
    const { telling, channel } = script;
    this.#pace = {
      random: telling.random,
      timeZone: telling.project.timeZone,
      chat: channel === "webchat" || script.urgent,
    };
    this.#at = telling.createdAt;
  }

  /** Who holds the ticket now; undefined while nobody has taken it. */
  get handler(): string | undefined {
    return this.#handler;
  }

  tell(): void {
    for (const step of this.#script.steps) {
      if (step.kind === "customer") this.#customer(step.text, step.afterHours);
      else if (this.#script.crew) this.#member(step, this.#script.crew);
    }
  }

  /** The lead takes the ticket: claims it, or gets it from a supervisor. */
  take(crew: Crew): void {
    if (this.#handler) return;
    this.#at = memberPause(this.#pace, this.#at);
    if (crew.assignedBy && crew.assignedBy !== crew.lead)
      this.push(crew.assignedBy, "assign", { to: crew.lead });
    else this.push(crew.lead, "claim");
    this.#handler = crew.lead;
    if (this.#script.set) this.push(crew.lead, "set", { set: this.#script.set });
  }

  /** The time it takes a member to come back to the ticket. */
  pause(): void {
    this.#at = memberPause(this.#pace, this.#at);
  }

  push(by: string, type: DemoEvent["type"], rest: Partial<DemoEvent> = {}): void {
    const last = this.events.at(-1);
    const earliest = last ? last.at.getTime() + this.#pace.random.int(5, 40) * 1000 : this.#at;
    this.#at = Math.max(this.#at, earliest);
    this.events.push({ at: new Date(this.#at), by, type, ...rest });
  }

  /** Moves every instant so that the story ends by `limit`; the order and the proportions stay. */
  endBefore(limit: number): void {
    const start = this.events[0]?.at.getTime() ?? limit;
    if (this.#at <= limit || this.#at === start) return;
    const scale = (limit - start) / (this.#at - start);
    const moved = (at: Date): Date => new Date(start + Math.floor((at.getTime() - start) * scale));
    for (const event of this.events) {
      event.at = moved(event.at);
      if (event.until) event.until = moved(event.until);
    }
    this.#at = limit;
  }

  #customer(text: string, afterHours = 0): void {
    this.#at += afterHours * HOUR;
    if (this.events.length > 0) this.#at = customerPause(this.#pace, this.#at);
    this.#dueBack = undefined;
    this.push("customer", "message", { body: render(text, this.#script.telling) });
  }

  #member(step: Exclude<Step, { kind: "customer" }>, crew: Crew): void {
    this.take(crew);
    this.#bringBack();
    const author = step.kind === "colleague-note" ? this.#other(crew) : (this.#handler ?? crew.lead);
    const answering = this.events.at(-1)?.by === "customer";
    if (answering) this.#at = memberPause(this.#pace, this.#at);
    else this.#at += this.#pace.random.int(1, this.#pace.chat ? 4 : 25) * MINUTE;
    const body = render(step.text, this.#script.telling, memberGender[author] ?? "m");
    if (step.kind === "transfer") {
      const to = this.#other(crew);
      this.push(author, "transfer", { to, note: body });
      this.#handler = to;
      this.#at = memberPause(this.#pace, this.#at);
    } else if (step.kind === "reply") {
      this.push(author, "message", { body });
      this.#wait(author, step.wait);
    } else this.push(author, "note", { body });
  }

  #wait(author: string, wait: "reply" | number | undefined): void {
    if (wait === "reply") this.push(author, "postpone", { untilReply: true });
    if (typeof wait !== "number") return;
    this.#dueBack = withinHours(
      this.#at + wait * HOUR,
      { open: 9, close: 20, timeZone: this.#pace.timeZone },
      this.#pace.random,
    );
    this.push(author, "postpone", { until: new Date(this.#dueBack) });
  }

  #bringBack(): void {
    if (this.#dueBack === undefined) return;
    this.#at = Math.max(this.#at, this.#dueBack + this.#pace.random.int(1, 15) * MINUTE);
    this.#dueBack = undefined;
    if (this.#handler) this.push(this.#handler, "reopen");
  }

  #other(crew: Crew): string {
    return this.#handler === crew.colleague ? crew.lead : crew.colleague;
  }
}
