import { searchCompletionAt } from "@okno/contract/search-query";
import { useQuery } from "@tanstack/react-query";
import {
  useChannels,
  useLabels,
  useMembers,
  useProjects,
  useTopics,
} from "../../shared/directory/directory.ts";
import { suggestQuery } from "../../shared/search/queries.ts";
import { useSettled } from "../../shared/search/use-settled.ts";
import type { Values } from "./complete.ts";

const settleMs = 120;
const mostContacts = 8;

/** The names that completion offers: those of the directory at once, customers from the server. */
export function useValues(query: string, caret: number): Values {
  const at = searchCompletionAt(query, caret);
  const from = at?.of === "value" && at.operator === "from" ? at.text.trim() : "";
  const settled = useSettled(from, settleMs);
  const contacts = useQuery({ ...suggestQuery(settled, mostContacts), enabled: settled !== "" });
  const names = (all: readonly { name: string }[]) => all.map(({ name }) => name);
  return {
    topics: names(useTopics()),
    labels: names(useLabels()),
    people: names(useMembers()),
    projects: names(useProjects()),
    channels: names(useChannels()),
    contacts: (from === settled ? (contacts.data ?? []) : []).flatMap(({ name, address }) => {
      const shown = name ?? address;
      return shown ? [{ name: shown, hint: name === null ? null : address }] : [];
    }),
  };
}
