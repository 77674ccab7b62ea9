import type { SearchUnderstood } from "@okno/contract";
import { searchOperators, searchPhases } from "@okno/contract/search-query";
import { formatDateTime, Tag } from "@okno/ui";
import { AtSign, Hash, Phone, Quote, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { type Locale, useLocale } from "../../shared/i18n/i18n.ts";
import { without } from "./complete.ts";
import { useT } from "./messages.ts";
import { operatorIcons } from "./operator-icons.tsx";

const icons: Readonly<Record<Exclude<SearchUnderstood["as"], "operator">, ReactNode>> = {
  word: <TriangleAlert aria-hidden="true" />,
  phrase: <Quote aria-hidden="true" />,
  number: <Hash aria-hidden="true" />,
  phone: <Phone aria-hidden="true" />,
  email: <AtSign aria-hidden="true" />,
};

function iconOf({ problem, operator, as }: SearchUnderstood): ReactNode {
  if (problem !== null && problem !== "ambiguous_value") return icons.word;
  if (operator) return operatorIcons[operator];
  return as === "operator" ? null : icons[as];
}

/** A date stands in the answer as an instant and a phase by its code: people read words. */
function valueName(part: SearchUnderstood, name: string, locale: Locale): string {
  if (part.operator === "phase" && name in searchPhases)
    return searchPhases[name as keyof typeof searchPhases][locale][0];
  const dated = part.operator === "after" || part.operator === "before";
  const at = dated ? Date.parse(name) : Number.NaN;
  return Number.isNaN(at) ? name : formatDateTime(new Date(at), locale);
}

function useChipText(): (part: SearchUnderstood) => string {
  const t = useT();
  const locale = useLocale();
  return (part) => {
    const values = part.values.map(({ name }) => valueName(part, name, locale)).join(", ");
    if (part.problem) return t(`problem.${part.problem}`, { text: part.text, values });
    const text = part.operator
      ? `${searchOperators[part.operator][locale][0]}: ${values || part.text}`
      : part.text;
    return part.negated ? t("negated", { text }) : text;
  };
}

/** What the query means, part by part. Plain words stand in the field already and need no saying. */
export function Understood({
  query,
  parts,
  onQuery,
}: {
  query: string;
  parts: readonly SearchUnderstood[];
  onQuery: (query: string) => void;
}) {
  const t = useT();
  const textOf = useChipText();
  const shown = parts.filter((part) => part.as !== "word" || part.problem !== null || part.negated);
  if (shown.length === 0) return null;
  return (
    <ul aria-label={t("understood")} data-testid="understood" className="flex flex-wrap gap-1.5">
      {shown.map((part) => (
        <li key={part.start} className="flex max-w-full">
          <Tag
            icon={<span className="flex text-text-3 [&_svg]:size-3">{iconOf(part)}</span>}
            removeLabel={t("remove", { text: part.text })}
            onRemove={() => onQuery(without(query, part))}
          >
            {textOf(part)}
          </Tag>
        </li>
      ))}
    </ul>
  );
}
