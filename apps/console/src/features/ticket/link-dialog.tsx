import type { Relation, Ticket } from "@okno/contract";
import { Dialog, Field, FilterList, Select } from "@okno/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { quickSearchQuery } from "../../shared/search/queries.ts";
import { useSettled } from "../../shared/search/use-settled.ts";
import { useT } from "./together-messages.ts";

const relations = ["related", "duplicate_of", "duplicated_by", "child_of", "parent_of"] as const;
const mostFound = 8;
const settleMs = 150;

type Props = {
  ticket: Ticket;
  onClose: () => void;
  onLink: (other: { id: string; number: number }, relation: Relation) => Promise<void>;
};

/** Finds the other ticket by its number or by words, and says what this one is to it. */
export function LinkDialog({ ticket, onClose, onLink }: Props) {
  const t = useT();
  const [relation, setRelation] = useState<Relation>("related");
  const [typed, setTyped] = useState("");
  const q = useSettled(typed.trim().replace(/^(?:№|#|no\.?)\s*(?=\d)/iu, ""), settleMs);
  const search = useQuery({
    ...quickSearchQuery(q, mostFound + 1),
    enabled: q !== "",
    placeholderData: keepPreviousData,
  });
  const found = (q === "" ? [] : (search.data?.data ?? []))
    .map((each) => each.ticket)
    .filter(({ id }) => id !== ticket.id)
    .slice(0, mostFound);
  const empty = search.isError
    ? t("link.failed")
    : q === "" || search.isPending
      ? t("link.start")
      : t("link.empty");
  const list = useRef<HTMLDivElement>(null);
  // One begins with the other ticket; "related", the usual case, is chosen already. After the dialog has placed its own focus.
  useEffect(() => {
    const soon = setTimeout(() => list.current?.querySelector("input")?.focus());
    return () => clearTimeout(soon);
  }, []);
  const choose = (id: string) => {
    const other = found.find((each) => each.id === id);
    if (!other) return;
    onClose();
    void onLink(other, relation);
  };
  return (
    <Dialog open title={t("link.title")} closeLabel={t("close")} onOpenChange={(open) => !open && onClose()}>
      <div className="flex flex-col gap-4">
        <Field label={t("link.relation")}>
          <Select
            value={relation}
            onValueChange={(next) => setRelation(next as Relation)}
            options={relations.map((value) => ({ value, label: t(`relation.${value}`) }))}
          />
        </Field>
        <div ref={list} className="min-h-64 overflow-hidden rounded-control border border-line-strong">
          <FilterList
            label={t("link.other")}
            filterPlaceholder={t("link.filter")}
            emptyText={empty}
            onQueryChange={setTyped}
            items={found.map(({ id, number, subject, contact }) => ({
              id,
              label: `${number} · ${subject}`,
              hint: contact?.name ?? undefined,
            }))}
            onSelect={choose}
          />
        </div>
      </div>
    </Dialog>
  );
}
