import type { SearchUnderstood } from "@okno/contract";
import { searchOperators } from "@okno/contract/search-query";
import { Button, EmptyState } from "@okno/ui";
import { SearchX } from "lucide-react";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { otherLayout } from "../../shared/text/other-layout.ts";
import { operators, without } from "./complete.ts";
import { useT } from "./messages.ts";
import { operatorIcons } from "./operator-icons.tsx";

/** Before anything is typed: what is searched, and the operators, each a button that writes itself. */
export function Start({ onQuery }: { onQuery: (query: string) => void }) {
  const t = useT();
  const locale = useLocale();
  return (
    <EmptyState title={t("empty.title")} text={t("empty.text")}>
      <h3 className="pb-2 text-left text-12 font-medium text-text-3">{t("empty.operators")}</h3>
      <ul className="divide-y rounded-panel border bg-surface-1 text-left text-14">
        {operators.map((operator) => {
          const [name] = searchOperators[operator][locale];
          return (
            <li key={operator}>
              <button
                type="button"
                onClick={() => onQuery(`${name}:`)}
                className="flex min-h-9 w-full items-center gap-2.5 px-3 py-1.5 text-left transition-colors hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-control [&_svg]:size-4 [&_svg]:shrink-0"
              >
                <span className="flex text-text-3">{operatorIcons[operator]}</span>
                <span className="font-medium">{name}:</span>
                <span className="min-w-0 flex-1 text-right text-13 text-text-3">
                  {t(`operator.${operator}`)}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </EmptyState>
  );
}

/** Words typed on the wrong layout, as they were meant; nothing for what is fine or mixed. */
function relaid(query: string): string | undefined {
  const letters = query.replace(/[^\p{L}[\];',.`]/gu, "");
  const oneScript = /^[a-z[\];',.`]+$/iu.test(letters) || /^[а-яё]+$/iu.test(letters);
  return oneScript && !query.includes(":") ? otherLayout(query) : undefined;
}

type NothingProps = {
  query: string;
  parts: readonly SearchUnderstood[];
  onQuery: (query: string) => void;
};

/** Nothing was found: ways on, each a button. */
export function Nothing({ query, parts, onQuery }: NothingProps) {
  const t = useT();
  const layout = relaid(query);
  const narrowing = parts.length > 1 ? parts.filter((part) => part.as === "operator" || part.negated) : [];
  return (
    <EmptyState
      art={<SearchX aria-hidden="true" />}
      title={t("none.title")}
      text={t("none.text")}
      action={
        <>
          {narrowing.map((part) => (
            <Button key={part.start} onClick={() => onQuery(without(query, part))}>
              {t("none.without", { text: query.slice(part.start, part.end) })}
            </Button>
          ))}
          {layout ? (
            <Button onClick={() => onQuery(layout)}>{t("none.layout", { text: layout })}</Button>
          ) : null}
        </>
      }
    />
  );
}
