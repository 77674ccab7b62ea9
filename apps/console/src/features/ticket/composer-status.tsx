import { cx } from "@okno/ui";
import { CloudOff, Languages } from "lucide-react";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useComposeT } from "./compose-messages.ts";
import type { CustomerLanguage } from "./use-customer-language.ts";
import type { Writing } from "./use-writing.ts";

/** From this share of the longest on, the rest is counted. */
const near = 0.8;

function Language({ language }: { language: CustomerLanguage }) {
  const t = useComposeT();
  const locale = useLocale();
  if (language.tag === locale) return null;
  const name = new Intl.DisplayNames(locale, { type: "language" }).of(language.tag) ?? language.tag;
  const text = t(language.certain ? "language.is" : "language.seems", { language: name });
  return (
    <span
      data-testid="customer-language"
      title={text}
      className="inline-flex min-w-0 items-center gap-1 [&_svg]:size-3.5"
    >
      <Languages aria-hidden="true" className="shrink-0" />
      <span aria-hidden="true" className="truncate">
        {name}
      </span>
      <span className="sr-only">{text}</span>
    </span>
  );
}

function Length({ length, max }: { length: number; max: number }) {
  const t = useComposeT();
  if (length < max * near) return null;
  const over = length > max;
  return (
    <span role="status" className={cx("tabular-nums", over && "font-medium text-late")}>
      {over ? t("length.over", { count: length - max }) : t("length.left", { count: max - length })}
    </span>
  );
}

type Props = { writing: Writing; language: CustomerLanguage | undefined; length: number; max: number };

/** Quiet facts of what is being written: the customer's language, the length where it matters, where the draft is. */
export function ComposerStatus({ writing, language, length, max }: Props) {
  const t = useComposeT();
  return (
    <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 px-1 text-12 text-text-3">
      {language ? <Language language={language} /> : null}
      <Length length={length} max={max} />
      {writing.unreached ? (
        <span className="inline-flex items-center gap-1 [&_svg]:size-3.5">
          <CloudOff aria-hidden="true" />
          {t("saved.here")}
        </span>
      ) : null}
    </span>
  );
}
