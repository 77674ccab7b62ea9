import type { ActionBodies, Ticket, TicketAction } from "@okno/contract";
import { api } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";
import type { TicketFacts } from "./filters.ts";
import { factsOf, forgetGuess, guess, learn } from "./known.ts";
import { changeKnown, ticketQuery } from "./queries.ts";
import { refreshTimeline } from "./refresh.ts";

type Me = { id: string; name: string };
export type Action = { [A in TicketAction]: { action: A; body: ActionBodies[A] } }[TicketAction];

export type ActInput = Action & {
  id: string;
  me: Me;
  /** The name of the member or team that `assign` and `transfer` name: for the guess, until the server answers. */
  toName?: string;
  /** Who is in that team: whoever else has the ticket gives it up. */
  teamMembers?: readonly string[];
  /** Who has the ticket now. */
  assignee?: TicketFacts["assignee"];
};

type Guessed = Partial<TicketFacts>;

function guessPostpone(body: ActionBodies["postpone"]): Guessed {
  return "until" in body
    ? { phase: "waiting", state: "postponed", progress: "in_work", waitingFor: "time", dueAt: body.until }
    : { phase: "waiting", state: "awaiting_reply", progress: "in_work", waitingFor: "reply", dueAt: null };
}

function guessTeam(team: string | null, { toName, teamMembers, assignee }: ActInput): Guessed {
  const stays = team === null || (assignee && teamMembers?.includes(assignee.id));
  return {
    team: team === null ? null : { id: team, name: toName ?? "" },
    ...(!stays && { assignee: null }),
  };
}

function guessSet(body: ActionBodies["set"]): Guessed {
  return {
    ...(body.topic !== undefined && { topic: body.topic }),
    ...(body.priority && { priority: body.priority }),
    ...(body.labels && { labels: body.labels }),
  };
}

/** What the ticket will most likely look like; the server's answer replaces it. */
export function guessFor(input: ActInput): Guessed {
  switch (input.action) {
    case "claim":
      return { assignee: input.me };
    case "assign":
    case "transfer": {
      if ("team" in input.body) return guessTeam(input.body.team, input);
      const { member } = input.body;
      return { assignee: member === null ? null : { id: member, name: input.toName ?? "" } };
    }
    case "complete":
      return { phase: "done", progress: "closed", waitingSince: null, completedAt: new Date().toISOString() };
    case "reopen":
      return { phase: "open", progress: "in_work", waitingFor: null, dueAt: null, completedAt: null };
    case "postpone":
      return guessPostpone(input.body);
    case "set":
      return guessSet(input.body);
  }
}

function call(input: ActInput, idempotencyKey: string): Promise<Ticket> {
  const route = api.actions[input.action] as (call: {
    params: { id: string };
    body: unknown;
    idempotencyKey: string;
  }) => Promise<Ticket>;
  return route({ params: { id: input.id }, body: input.body, idempotencyKey });
}

/** Does one action: shown at once, taken back if the server refuses. @throws whatever the server answered */
export async function act(input: ActInput): Promise<Ticket> {
  const token = crypto.randomUUID();
  changeKnown((all) => guess(all, input.id, { token, change: guessFor(input) }));
  try {
    const ticket = await call(input, token);
    changeKnown((all) => forgetGuess(learn(all, factsOf(ticket), true), input.id, token));
    queryClient.setQueryData<Ticket>(ticketQuery(input.id).queryKey, (before) =>
      before && before.seq > ticket.seq ? before : ticket,
    );
    void refreshTimeline(input.id);
    return ticket;
  } catch (error) {
    changeKnown((all) => forgetGuess(all, input.id, token));
    void queryClient.invalidateQueries({ queryKey: ticketQuery(input.id).queryKey, exact: true });
    throw error;
  }
}
