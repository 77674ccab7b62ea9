import { IconButton, TooManyNote } from "@okno/ui";
import { ArrowLeft } from "lucide-react";
import type { Ref } from "react";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useT } from "./messages.ts";
import { SearchField, type SearchFieldHandle } from "./search-field.tsx";
import { Understood } from "./understood.tsx";
import type { Results } from "./use-results.ts";

type Props = {
  /** What stands in the field; `q` is what was asked last. */
  text: string;
  q: string;
  found: Results;
  field: Ref<SearchFieldHandle>;
  onText: (text: string) => void;
  /** Another query, not typed by hand. */
  onQuery: (query: string) => void;
  onSubmit: () => void;
  onDown: () => void;
  onLeave: () => void;
};

/** How many there are: exact as far as it is counted, and said where it is not. */
function Count({ found, q }: Pick<Props, "found" | "q">) {
  const t = useT();
  const locale = useLocale();
  const { total, old, query } = found;
  const text = () => {
    if (q === "") return "";
    if (!total) return query.isError ? "" : t("loading");
    if (!total.more) return t("count", { count: total.value });
    return t("count.more", { count: new Intl.NumberFormat(locale).format(total.value) });
  };
  return (
    <p role="status" data-testid="search-count" className="text-13 text-text-2 tabular-nums" aria-busy={old}>
      {text()}
      {total?.more ? <TooManyNote>{t("more.hint")}</TooManyNote> : null}
    </p>
  );
}

/** The field, how it was understood, and how much was found. */
export function SearchHeader({ text, q, found, field, onText, onQuery, ...keys }: Props) {
  const t = useT();
  return (
    <header className="flex flex-col gap-2 border-b px-4 py-2.5">
      <h1 className="sr-only">{t("title")}</h1>
      <div className="flex items-center gap-1">
        <IconButton
          className="-ml-2.5 md:hidden"
          label={t("back")}
          icon={<ArrowLeft />}
          onClick={keys.onLeave}
        />
        <SearchField
          value={text}
          onChange={onText}
          onSubmit={keys.onSubmit}
          onDown={keys.onDown}
          handle={field}
        />
      </div>
      <Understood query={q} parts={found.understood} onQuery={onQuery} />
      {q === "" ? null : <Count found={found} q={q} />}
    </header>
  );
}
