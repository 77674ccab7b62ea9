import type { Phase, Progress } from "@okno/contract";

/** What a guard may look at: facts of the ticket that every kind has. Ids are opaque texts. */
export type FlowFacts = { assignee: string | null; actor: string | null };

/** Why a move is refused: an error code's reason, shown to people by the caller. */
export type GuardReason = "claimed_by_other";

/** Who may start a move: people of the house, the customer's own message, or the system when a time has come. */
export type Mover = "member" | "customer" | "system";

export type FlowState = {
  phase: Phase;
  progress: Progress;
  /** Nothing more is expected; the ticket may still be brought back. */
  final?: true;
};

export type FlowAction<State extends string> = {
  by: Mover;
  /** From which states, and to which: the whole table row. A state that is absent does not allow the action. */
  moves: Partial<Record<State, State>>;
  /** A pure rule over the facts; true or the reason of the refusal. */
  guard?: (facts: FlowFacts) => true | GuardReason;
};

/** The life of one kind of ticket, as data. */
export type Flow<State extends string = string, Action extends string = string> = {
  initial: State;
  states: Record<State, FlowState>;
  actions: Record<Action, FlowAction<State>>;
};

/** Actions every kind has, since the core itself starts them. */
export const coreActions = [
  "claim",
  "assign",
  "complete",
  "postpone",
  "await_reply",
  "reopen",
  "set",
  "answer",
  "customer_wrote",
  "due",
] as const;
export type CoreAction = (typeof coreActions)[number];

export type FlowStep = { ok: true; to: string; phase: Phase } | { ok: false; reason: "state" | GuardReason };

/** Declares a flow; keeps the exact names of its states and actions. */
export function defineFlow<State extends string, Action extends string>(
  flow: Flow<State, Action | CoreAction>,
): Flow<State, Action | CoreAction> {
  return flow;
}

function targetsOf(flow: Flow, state: string): string[] {
  return Object.values(flow.actions).flatMap((action) => action.moves[state] ?? []);
}

function reachable(flow: Flow): Set<string> {
  const seen = new Set([flow.initial]);
  for (const state of seen) for (const target of targetsOf(flow, state)) seen.add(target);
  return seen;
}

function problemsOfAction(flow: Flow, name: string, action: FlowAction<string>): string[] {
  const ends = Object.entries(action.moves).flat();
  const strange = ends.filter((end) => end !== undefined && !(end in flow.states));
  return [
    ...strange.map((end) => `action ${name} names the unknown state ${end}`),
    ...(ends.length === 0 ? [`action ${name} moves nothing`] : []),
  ];
}

function problemsOfActions(flow: Flow): string[] {
  const absent = coreActions.filter((name) => !(name in flow.actions));
  return [
    ...Object.entries(flow.actions).flatMap(([name, action]) => problemsOfAction(flow, name, action)),
    ...absent.map((name) => `the core action ${name} is missing`),
  ];
}

/** What is wrong with a flow, in words; empty when nothing is. Called at boot: an installation with a broken flow does not start. */
export function flowProblems(flow: Flow): string[] {
  const problems = problemsOfActions(flow);
  if (!(flow.initial in flow.states)) problems.push(`the initial state ${flow.initial} is unknown`);
  const seen = reachable(flow);
  for (const state of Object.keys(flow.states))
    if (!seen.has(state)) problems.push(`the state ${state} is unreachable`);
  if (!Object.values(flow.states).some((state) => state.final)) problems.push("there is no final state");
  for (const [name, state] of Object.entries(flow.states)) {
    if (state.final && state.phase !== "done") problems.push(`the final state ${name} is not in phase done`);
  }
  return problems;
}

/** The state a flow has by this name. @throws when there is none: the row is newer than the code. */
export function stateOf(flow: Flow, name: string): FlowState {
  const state = flow.states[name];
  if (!state) throw new Error(`the flow has no state ${name}`);
  return state;
}

/** Decides one move; no I/O. */
export function runFlow(flow: Flow, from: string, action: string, facts: FlowFacts): FlowStep {
  const row = flow.actions[action];
  const to = row?.moves[from];
  if (!row || to === undefined) return { ok: false, reason: "state" };
  const verdict = row.guard?.(facts) ?? true;
  if (verdict !== true) return { ok: false, reason: verdict };
  return { ok: true, to, phase: stateOf(flow, to).phase };
}

/** The actions that one kind of mover may start now: what buttons are drawn from. */
export function allowedActions(flow: Flow, from: string, facts: FlowFacts, by: Mover = "member"): string[] {
  return Object.keys(flow.actions).filter(
    (name) => flow.actions[name]?.by === by && runFlow(flow, from, name, facts).ok,
  );
}

/** The flow as a Mermaid diagram, for the kind's README. */
export function flowDiagram(flow: Flow): string {
  const lines = ["stateDiagram-v2", `  [*] --> ${flow.initial}`];
  for (const [name, action] of Object.entries(flow.actions)) {
    for (const [from, to] of Object.entries(action.moves))
      if (from !== to) lines.push(`  ${from} --> ${to}: ${name}`);
  }
  for (const [name, state] of Object.entries(flow.states)) if (state.final) lines.push(`  ${name} --> [*]`);
  return lines.join("\n");
}
