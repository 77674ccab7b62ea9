import type { Condition, ConditionStatement, Duration } from "@okno/contract";
import type { TicketFacts } from "../tickets/filters.ts";

/** Who reads, and what "me", "mine" and "with those under it" mean to them. */
export type Reader = {
  me: string;
  teams: readonly string[];
  teammates: readonly string[];
  /** The topic above, if any. */
  parentOf: (topic: string) => string | null;
};

const unitMs = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
const ranks: readonly string[] = ["low", "normal", "high", "urgent"];

function momentOf(value: string | Duration, sign: 1 | -1): number {
  return typeof value === "string"
    ? Date.parse(value)
    : Date.now() - sign * value.amount * unitMs[value.unit];
}

type Values = readonly (string | null)[];

/** What the ticket has of a field that names things. */
function valuesOf(ticket: TicketFacts, field: ConditionStatement["field"], reader: Reader): Values {
  switch (field) {
    case "kind":
    case "phase":
    case "state":
    case "project":
    case "channel":
    case "channelType":
    case "priority":
      return [ticket[field]];
    case "assignee":
    case "team":
    case "contact":
      return [ticket[field]?.id ?? null];
    case "topic":
      return ticket.topic === null ? [null] : [ticket.topic, reader.parentOf(ticket.topic)];
    case "label":
      return ticket.labels.length === 0 ? [null] : ticket.labels;
    case "lastBy":
      return [ticket.lastMessage?.by ?? null];
    default:
      return [];
  }
}

const instants = {
  created: (ticket: TicketFacts) => ticket.createdAt,
  activity: (ticket: TicketFacts) => ticket.activityAt,
  completed: (ticket: TicketFacts) => ticket.completedAt,
  due: (ticket: TicketFacts) => ticket.dueAt,
} as const;

function wantedOf(value: readonly string[], reader: Reader): string[] {
  return value.flatMap((each) => {
    if (each === "me") return [reader.me];
    if (each === "teammates") return reader.teammates;
    return each === "mine" ? reader.teams : [each];
  });
}

type TimeField = keyof typeof instants;

function byInstant(statement: Extract<ConditionStatement, { field: TimeField }>, at: string | null): boolean {
  if (!("value" in statement)) return statement.op === "empty" ? at === null : at !== null;
  if (at === null) return false;
  const ahead = statement.field === "due";
  const bound = momentOf(statement.value, ahead ? -1 : 1);
  const time = Date.parse(at);
  const earlier = ahead
    ? statement.op === "before" || statement.op === "within"
    : statement.op === "before" || statement.op === "longerAgo";
  return earlier ? time < bound : time >= bound;
}

function byWaiting(
  { op, value }: Extract<ConditionStatement, { field: "waiting" }>,
  ticket: TicketFacts,
): boolean {
  if (ticket.waitingSince === null || ticket.phase !== "open") return false;
  const long = Date.parse(ticket.waitingSince) <= momentOf(value, 1);
  return op === "longerThan" ? long : !long;
}

function byStatement(statement: ConditionStatement, ticket: TicketFacts, reader: Reader): boolean {
  switch (statement.field) {
    case "waiting":
      return byWaiting(statement, ticket);
    case "subject": {
      const found = ticket.subject.toLocaleLowerCase().includes(statement.value.toLocaleLowerCase());
      return statement.op === "contains" ? found : !found;
    }
    case "created":
    case "activity":
    case "completed":
    case "due":
      return byInstant(statement, instants[statement.field](ticket));
    default: {
      const values = valuesOf(ticket, statement.field, reader);
      if (!("value" in statement)) return (values[0] == null) === (statement.op === "empty");
      if (typeof statement.value === "string") {
        const distance = ranks.indexOf(ticket.priority) - ranks.indexOf(statement.value);
        return statement.op === "atLeast" ? distance >= 0 : distance <= 0;
      }
      const wanted = wantedOf(statement.value, reader);
      return values.some((each) => each !== null && wanted.includes(each)) === (statement.op === "is");
    }
  }
}

/** Whether a ticket alone says if it belongs: who follows it does not stand on it. */
export function isKnowable(condition: Condition): boolean {
  if ("all" in condition) return condition.all.every(isKnowable);
  if ("any" in condition) return condition.any.every(isKnowable);
  return "not" in condition ? isKnowable(condition.not) : condition.field !== "follower";
}

/** Whether a ticket belongs to a saved view: the question the server answers, asked again after every event. */
export function matches(condition: Condition, ticket: TicketFacts, reader: Reader): boolean {
  if ("all" in condition) return condition.all.every((each) => matches(each, ticket, reader));
  if ("any" in condition) return condition.any.some((each) => matches(each, ticket, reader));
  if ("not" in condition) return !matches(condition.not, ticket, reader);
  return byStatement(condition, ticket, reader);
}
