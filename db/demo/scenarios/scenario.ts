import type { DemoChannel, DemoPriority } from "../types.ts";

/**
 * A conversation written by hand. Each line of `talk` starts with a mark; a line without one continues
 * the message above:
 *
 *   `> `   the customer writes           `< `   the operator answers
 *   `>~N ` writes, but only after N hours
 *   `<? `  answers and waits for a reply `<~N ` answers and postpones for N hours
 *   `# `   the operator's internal note  `## `  a colleague's internal note
 *   `-> `  transfer to a colleague, with a note; the colleague goes on
 *
 * Inside the text: `{slot}` is a value (see slots.ts), `{он|она}` follows the customer's gender,
 * `{@он|она}` the gender of the member who writes, `[[one || two]]` is a free choice.
 */
export type Scenario = {
  topic?: string;
  subject: string;
  talk: string;
  via?: DemoChannel;
  priority?: DemoPriority;
  labels?: string[];
  outcome?: string;
};

/** A scenario told exactly once, by a certain contact; `raw` text is taken as it stands. */
export type EdgeScenario = Scenario & {
  project: string;
  contact?: string;
  gender?: "m" | "f";
  colleague?: string;
  raw?: true;
  end: "open" | "mine" | "waiting" | "done";
};

export type Step =
  | { kind: "customer"; text: string; afterHours?: number }
  | { kind: "note" | "colleague-note" | "transfer"; text: string }
  | { kind: "reply"; text: string; wait?: "reply" | number };

const MARKED = /^(>~\d+|>|<\?|<~\d+|<|##|#|->) ?(.*)$/s;

function toStep(mark: string, text: string): Step {
  if (mark === ">") return { kind: "customer", text };
  if (mark.startsWith(">~")) return { kind: "customer", text, afterHours: Number(mark.slice(2)) };
  if (mark === "<?") return { kind: "reply", text, wait: "reply" };
  if (mark.startsWith("<~")) return { kind: "reply", text, wait: Number(mark.slice(2)) };
  if (mark === "<") return { kind: "reply", text };
  if (mark === "##") return { kind: "colleague-note", text };
  if (mark === "#") return { kind: "note", text };
  return { kind: "transfer", text };
}

/** Reads the talk of a scenario into steps; throws on a text that does not begin with the customer. */
export function parseTalk(talk: string): Step[] {
  const steps: Step[] = [];
  for (const line of talk.trim().split("\n")) {
    const match = MARKED.exec(line);
    const last = steps.at(-1);
    if (match) steps.push(toStep(match[1] ?? "", match[2] ?? ""));
    else if (last) last.text += `\n${line}`;
    else throw new Error(`A talk begins with a mark: ${line}`);
  }
  for (const step of steps) step.text = step.text.trim();
  if (steps[0]?.kind !== "customer") throw new Error(`A talk begins with the customer: ${talk.slice(0, 60)}`);
  return steps;
}
