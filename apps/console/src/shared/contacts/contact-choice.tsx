import { Combobox } from "@okno/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/client.ts";
import { useSettled } from "../search/use-settled.ts";
import { useT } from "./messages.ts";

export type ChosenContact = { id: string; name: string };

const shownAtMost = 8;
const restMs = 120;

type Props = {
  chosen: ChosenContact | undefined;
  onChoose: (contact: ChosenContact) => void;
  label: string;
  /** Who may not be chosen: the card itself. */
  except?: string | undefined;
  /** Only customers of this project. */
  project?: string | undefined;
};

/** One customer of many, found by the beginning of a name, phone or e-mail. */
export function ContactChoice({ chosen, onChoose, label, except, project }: Props) {
  const t = useT();
  const [query, setQuery] = useState("");
  const words = useSettled(query.trim(), restMs);
  const { data = [] } = useQuery({
    queryKey: ["search", "suggest", words, shownAtMost, project ?? "all"],
    queryFn: async ({ signal }) => {
      const asked = { q: words, limit: shownAtMost, ...(project && { project }) };
      return (await api.search.suggest({ query: asked, signal })).data;
    },
    enabled: words !== "",
    placeholderData: keepPreviousData,
  });
  const found = (words === "" ? [] : data)
    .filter(({ contact }) => contact !== except)
    .map(({ contact, name, address }) => ({
      id: contact,
      label: name ?? address ?? t("unnamed"),
      hint: name ? (address ?? undefined) : undefined,
    }));
  const known =
    chosen && !found.some(({ id }) => id === chosen.id) ? [{ id: chosen.id, label: chosen.name }] : [];
  return (
    <Combobox
      label={label}
      options={[...known, ...found]}
      value={chosen?.id}
      placeholder={t("merge.find")}
      filterPlaceholder={t("merge.find")}
      emptyText={words === "" ? t("merge.find") : t("merge.none")}
      onQueryChange={setQuery}
      onValueChange={(id) => {
        const contact = [...known, ...found].find((each) => each.id === id);
        if (contact) onChoose({ id, name: contact.label });
      }}
    />
  );
}
