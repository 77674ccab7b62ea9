import { commandGroups } from "../../shared/keys/command.ts";
import type { CommandGroup, ListedCommand } from "../../shared/keys/use-commands.ts";
import type { TicketFacts } from "../../shared/tickets/filters.ts";
import { rank } from "./rank.ts";
import type { Sources } from "./sources.ts";

/** One thing that can be chosen. */
export type Entry =
  | { kind: "command"; id: string; command: ListedCommand }
  | { kind: "ticket"; id: string; ticket: TicketFacts }
  | { kind: "contact"; id: string; contact: string; name: string; address: string | null }
  | { kind: "person"; id: string; name: string }
  | { kind: "project"; id: string; project: string; name: string }
  | { kind: "topic"; id: string; topic: string; name: string }
  | { kind: "label"; id: string; label: string }
  | { kind: "search"; id: "search"; query: string };

/** What a section holds: commands of one group, or things of one kind. */
export type SectionOf = `do ${CommandGroup}` | Exclude<Entry["kind"], "command"> | "recent";
export type Section = { id: string; of: SectionOf; entries: Entry[] };

const mostOf = { command: 6, ticket: 5, contact: 4, person: 4, project: 4, topic: 4, label: 3 } as const;

const ofTicket = (ticket: TicketFacts): Entry => ({ kind: "ticket", id: `ticket ${ticket.id}`, ticket });
const ofCommand = (command: ListedCommand): Entry => ({
  kind: "command",
  id: `command ${command.id}`,
  command,
});

type Scored = Section & { best: number };

function scored<T>(
  id: SectionOf,
  items: readonly T[],
  most: number,
  query: string,
  words: (item: T) => { text: string; keywords?: string | undefined },
  entry: (item: T) => Entry,
): Scored {
  const found = rank(items, query, words).slice(0, most);
  return {
    id,
    of: id,
    best: found[0]?.score ?? Number.POSITIVE_INFINITY,
    entries: found.map(({ item }) => entry(item)),
  };
}

/** `#12` and `№ 12` mean the ticket's number, as in the search. */
const withoutSign = (query: string) => query.replace(/^\s*[#№]\s*/u, "");

/** Customers of the known tickets, each once. */
function contactsOf(tickets: readonly TicketFacts[]): { id: string; name: string }[] {
  const names = new Map(
    tickets.flatMap(({ contact }) => (contact?.name ? [[contact.id, contact.name] as const] : [])),
  );
  return [...names].map(([id, name]) => ({ id, name }));
}

function commandSections(
  commands: readonly ListedCommand[],
  query: string,
  groupName: (group: CommandGroup) => string,
) {
  return commandGroups.map((group) =>
    scored(
      `do ${group}`,
      commands.filter((command) => command.group === group),
      mostOf.command,
      query,
      ({ title, keywords }) => ({ text: title, keywords: `${keywords ?? ""} ${groupName(group)}` }),
      ofCommand,
    ),
  );
}

/** What the page finds by itself for a query: sections by how well their best line fits. */
export function findLocally(
  sources: Sources,
  commands: readonly ListedCommand[],
  query: string,
  groupName: (group: CommandGroup) => string,
): Section[] {
  const { tickets, people, projects, topics, labels } = sources;
  const names = [...new Set(labels.map((label) => label.name))];
  const sections: Scored[] = [
    ...commandSections(commands, query, groupName),
    scored(
      "ticket",
      tickets,
      mostOf.ticket,
      withoutSign(query),
      ({ number, subject, contact }) => ({ text: `${number} ${subject}`, keywords: contact?.name ?? "" }),
      ofTicket,
    ),
    scored(
      "contact",
      contactsOf(tickets),
      mostOf.contact,
      query,
      ({ name }) => ({ text: name }),
      (found) => ({
        kind: "contact",
        id: `contact ${found.id}`,
        contact: found.id,
        name: found.name,
        address: null,
      }),
    ),
    scored(
      "person",
      people,
      mostOf.person,
      query,
      ({ name, email }) => ({ text: name, keywords: email }),
      ({ id, name }) => ({ kind: "person", id: `person ${id}`, name }),
    ),
    scored(
      "project",
      projects,
      mostOf.project,
      query,
      ({ name }) => ({ text: name }),
      ({ id, name }) => ({
        kind: "project",
        id: `project ${id}`,
        project: id,
        name,
      }),
    ),
    scored(
      "topic",
      topics,
      mostOf.topic,
      query,
      ({ name }) => ({ text: name }),
      ({ id, name }) => ({
        kind: "topic",
        id: `topic ${id}`,
        topic: id,
        name,
      }),
    ),
    scored(
      "label",
      names,
      mostOf.label,
      query,
      (name) => ({ text: name }),
      (label) => ({
        kind: "label",
        id: `label ${label}`,
        label,
      }),
    ),
  ];
  return sections
    .filter((section) => section.entries.length > 0)
    .sort((a, b) => a.best - b.best)
    .map(({ best: _, ...section }) => section);
}

/** Before anything is typed: what one was at, then everything that can be done here. */
export function beforeTyping(recent: readonly TicketFacts[], commands: readonly ListedCommand[]): Section[] {
  const groups = commandGroups.map(
    (group): Section => ({
      id: `do ${group}`,
      of: `do ${group}`,
      entries: commands.filter((command) => command.group === group).map(ofCommand),
    }),
  );
  return [{ id: "recent", of: "recent" as const, entries: recent.map(ofTicket) }, ...groups].filter(
    (section) => section.entries.length > 0,
  );
}
