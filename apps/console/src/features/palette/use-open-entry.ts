import { searchOperators, searchValue } from "@okno/contract/search-query";
import { useNavigate } from "@tanstack/react-router";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { runCommand } from "../../shared/keys/use-commands.ts";
import type { Entry } from "./entries.ts";

/** Does what a chosen line says. */
export function useOpenEntry(): (entry: Entry) => void {
  const navigate = useNavigate();
  const locale = useLocale();
  const everything = (search: { project?: string; topic?: string; label?: string }) =>
    void navigate({ to: "/inbox/$view", params: { view: "all" }, search });
  return (entry) => {
    switch (entry.kind) {
      case "command":
        return void runCommand(entry.command.id);
      case "ticket":
        return void navigate({
          to: "/inbox/$view/$ticket",
          params: { view: "all", ticket: entry.ticket.id },
        });
      case "contact":
        return void navigate({ to: "/contacts/$contact", params: { contact: entry.contact } });
      case "person": {
        const assignee = searchOperators.assignee[locale][0];
        return void navigate({ to: "/search", search: { q: `${assignee}:${searchValue(entry.name)}` } });
      }
      case "project":
        return everything({ project: entry.project });
      case "topic":
        return everything({ topic: entry.topic });
      case "label":
        return everything({ label: entry.label });
      case "search":
        return void navigate({ to: "/search", search: { q: entry.query } });
    }
  };
}
