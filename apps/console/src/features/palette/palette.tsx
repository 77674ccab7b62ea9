import type { SearchHit } from "@okno/contract";
import { Avatar, CommandDialog, type CommandItem, EmptyState, Kbd } from "@okno/ui";
import { useQueryClient } from "@tanstack/react-query";
import { ChevronRight, Folder, ListTree, Search, Tag, UserRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useLabels, useMembers, useProjects, useTopics } from "../../shared/directory/directory.ts";
import { useGroupT } from "../../shared/keys/messages.ts";
import { type CommandGroup, useListedCommands } from "../../shared/keys/use-commands.ts";
import { useKindWords } from "../../shared/kinds/kinds.ts";
import { TicketGlyph } from "../../shared/kinds/ticket-glyph.tsx";
import { useOffline } from "../../shared/live/live.ts";
import { Snippet } from "../../shared/search/snippet.tsx";
import { useMe } from "../../shared/session/session.ts";
import { recentTickets } from "../../shared/tickets/recent.ts";
import { beforeTyping, type Entry, findLocally, type Section, type SectionOf } from "./entries.ts";
import { useT } from "./messages.ts";
import { knownTickets, recentOf, type Sources } from "./sources.ts";
import { useOpenEntry } from "./use-open-entry.ts";
import { useServer } from "./use-server.ts";

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

const icons = {
  contact: <UserRound />,
  project: <Folder />,
  topic: <ListTree />,
  label: <Tag />,
  search: <Search />,
} as const;

function useItem(): (entry: Entry, snippet: SearchHit["snippet"] | undefined) => CommandItem {
  const t = useT();
  const words = useKindWords();
  return (entry, snippet) => {
    const { id } = entry;
    switch (entry.kind) {
      case "command": {
        const { title, keys, icon } = entry.command;
        return { id, label: title, icon: icon ?? <ChevronRight />, shortcut: keys[0] };
      }
      case "ticket": {
        const { number, subject, contact, kind } = entry.ticket;
        const who = contact ? (contact.name ?? "") : (words(kind, "name") ?? t("no.contact"));
        return {
          id,
          label: <bdi dir="auto">{subject}</bdi>,
          detail: snippet ? <Snippet parts={snippet} /> : undefined,
          hint: (
            <>
              <bdi dir="auto">{who}</bdi> · {t("number", { number: String(number) })}
            </>
          ),
          icon: <TicketGlyph ticket={entry.ticket} />,
        };
      }
      case "person":
        return {
          id,
          label: <bdi dir="auto">{entry.name}</bdi>,
          hint: t("person.hint"),
          icon: <Avatar size="sm" name={entry.name} seed={entry.id} decorative />,
        };
      case "contact":
        return { id, label: <bdi dir="auto">{entry.name}</bdi>, hint: entry.address, icon: icons.contact };
      case "label":
        return { id, label: <bdi dir="auto">{entry.label}</bdi>, icon: icons.label };
      case "search":
        return { id, label: t("search", { query: entry.query }), icon: icons.search };
      default:
        return { id, label: <bdi dir="auto">{entry.name}</bdi>, icon: icons[entry.kind] };
    }
  };
}

/** Taken once, at opening: what arrives meanwhile must not move what one looks at. */
function useSources(): Sources {
  const client = useQueryClient();
  const { member } = useMe();
  const [taken] = useState(() => {
    const tickets = knownTickets(client);
    return { tickets, recent: recentOf(client, recentTickets(member.id), tickets) };
  });
  return {
    ...taken,
    people: useMembers(),
    projects: useProjects(),
    topics: useTopics(),
    labels: useLabels(),
  };
}

function Footer() {
  const t = useT();
  const hints = [
    ["up down", t("foot.walk")],
    ["enter", t("foot.open")],
    ["esc", t("foot.close")],
  ] as const;
  return hints.map(([keys, text]) => (
    <span key={keys} className="flex items-center gap-1.5">
      <Kbd keys={keys} /> {text}
    </span>
  ));
}

type OfCommands = Extract<SectionOf, `do ${string}`>;
const isOfCommands = (of: SectionOf): of is OfCommands => of.startsWith("do ");
const groupOf = (of: OfCommands) => of.slice("do ".length) as CommandGroup;

function useHeading(local: readonly Section[]): (section: Section) => string {
  const t = useT();
  const groupT = useGroupT();
  return ({ id, of }) => {
    const goesOn = id.startsWith("found ") && local.some((section) => section.of === of);
    if (goesOn && (of === "ticket" || of === "contact")) return t(`found.${of}`);
    return isOfCommands(of) ? groupT(groupOf(of)) : t(`section.${of}`);
  };
}

function useNotice(error: unknown): ReactNode {
  const t = useT();
  if (useOffline()) return t("offline");
  return error ? t("failed") : undefined;
}

function OpenPalette({ open, onOpenChange }: Props) {
  const t = useT();
  const groupT = useGroupT();
  const item = useItem();
  const openEntry = useOpenEntry();
  const [query, setQuery] = useState("");
  const sources = useSources();
  const commands = useListedCommands().filter((command) => command.id !== "palette");
  const typed = query.trim();
  const local = typed
    ? findLocally(sources, commands, typed, groupT)
    : beforeTyping(sources.recent, commands);
  const heading = useHeading(local);
  const shown = new Set(local.flatMap((section) => section.entries.map((entry) => entry.id)));
  const server = useServer(query, shown);
  // The way to the whole search stands above what the server finds, so that no answer pushes it away.
  const whole: Section[] = typed
    ? [{ id: "search", of: "search", entries: [{ kind: "search", id: "search", query: typed }] }]
    : [];
  const sections = [...local, ...whole, ...server.sections];
  const nothing = typed !== "" && !server.busy && sections.length === whole.length;
  const entries = sections.flatMap((section) => section.entries);
  const notice = useNotice(server.error);
  return (
    <CommandDialog
      open={open}
      onOpenChange={onOpenChange}
      label={t("label")}
      placeholder={t("placeholder")}
      query={query}
      onQueryChange={setQuery}
      groups={sections.map((section) => ({
        id: section.id,
        heading: heading(section),
        items: section.entries.map((entry) => item(entry, server.snippets.get(entry.id))),
      }))}
      status={t("status", { count: entries.length })}
      busy={server.busy}
      notice={notice}
      empty={nothing && !notice ? <EmptyState title={t("empty.title")} text={t("empty.text")} /> : undefined}
      footer={<Footer />}
      onSelect={(id) => {
        const entry = entries.find((each) => each.id === id);
        if (entry) openEntry(entry);
      }}
    />
  );
}

/** One field for everything: what can be done here, and whatever can be opened. */
export function Palette(props: Props) {
  return props.open ? <OpenPalette {...props} /> : null;
}
