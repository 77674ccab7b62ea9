import { Button, FilterableMenu, type MenuItem } from "@okno/ui";
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { useSettled } from "../../shared/search/use-settled.ts";
import { contactQuery } from "../../shared/tickets/queries.ts";
import { useT } from "./messages.ts";

const shownAtMost = 8;
const restMs = 120;

type Props = { chosen: readonly string[]; onToggle: (id: string) => void };

/** Those chosen already, by name. */
function useChosen(ids: readonly string[]): MenuItem[] {
  const t = useT();
  const found = useQueries({ queries: ids.map((id) => contactQuery(id)) });
  return ids.map((id, index) => {
    const contact = found[index];
    return { id, label: contact?.data?.name ?? (contact?.isError ? t("gone") : t("unnamed")) };
  });
}

/** Customers, found by the beginning of a name, phone or e-mail. */
export function ContactsField({ chosen, onToggle }: Props) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const words = useSettled(query.trim(), restMs);
  const named = useChosen(chosen);
  const { data = [] } = useQuery({
    queryKey: ["search", "suggest", words, shownAtMost, "all"],
    queryFn: async ({ signal }) =>
      (await api.search.suggest({ query: { q: words, limit: shownAtMost }, signal })).data,
    enabled: words !== "",
    placeholderData: keepPreviousData,
  });
  const found = (words === "" ? [] : data)
    .filter(({ contact }) => !chosen.includes(contact))
    .map(({ contact, name, address }) => ({
      id: contact,
      label: name ?? address ?? t("unnamed"),
      hint: name ? (address ?? undefined) : undefined,
    }));
  return (
    <FilterableMenu
      open={open}
      onOpenChange={setOpen}
      label={t("value")}
      multiple
      items={[...named, ...found]}
      selected={chosen}
      filterPlaceholder={t("contact.find")}
      emptyText={words === "" ? t("contact.find") : t("nothing")}
      onQueryChange={setQuery}
      onSelect={onToggle}
      trigger={
        <Button className="min-w-0 max-w-full justify-start!">
          <bdi className="min-w-0 truncate">
            {named.length > 0 ? named.map(({ label }) => label).join(", ") : t("choose")}
          </bdi>
        </Button>
      }
    />
  );
}
