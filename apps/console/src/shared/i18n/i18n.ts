import { setupI18n } from "@lingui/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import { useSyncExternalStore } from "react";

export type Locale = "ru" | "en";
export type Values = Readonly<Record<string, string | number>>;
/** A feature's words: the same keys in both languages, ICU messages as values. */
export type Catalogue<K extends string> = Readonly<Record<Locale, Readonly<Record<K, string>>>>;
export type Translate<K extends string> = (key: K, values?: Values) => string;

const locales = ["ru", "en"] as const;

/** The language the page starts in: what before-paint.js found. */
function initialLocale(): Locale {
  if (typeof document === "undefined") return "en";
  return document.documentElement.lang === "ru" ? "ru" : "en";
}

const i18n = setupI18n({ missing: (_, id) => id });
for (const locale of locales) i18n.load(locale, {});
i18n.activate(initialLocale());

export function currentLocale(): Locale {
  return i18n.locale === "ru" ? "ru" : "en";
}

/** Switches the language of the whole page at once. */
export function setLocale(locale: Locale): void {
  if (typeof document !== "undefined") document.documentElement.lang = locale;
  if (i18n.locale !== locale) i18n.activate(locale);
}

function subscribe(listener: () => void): () => void {
  return i18n.on("change", listener);
}

/** The reader's language; the component renders again when it changes. */
export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, currentLocale, currentLocale);
}

/**
 * Takes a feature's messages and answers its two translators: `useT()` for components and `tr` for code outside them.
 * Keys are the feature's own (`empty.title`); `name` keeps features apart.
 */
export function defineMessages<const K extends string>(
  name: string,
  catalogue: { ru: Readonly<Record<K, string>>; en: Readonly<Record<NoInfer<K>, string>> },
): { useT: () => Translate<K>; tr: Translate<K> } {
  for (const locale of locales) {
    const words: Record<string, string> = catalogue[locale];
    const compiled = Object.entries(words).map(([key, text]) => [`${name}.${key}`, compileMessage(text)]);
    i18n.load(locale, Object.fromEntries(compiled));
  }
  const tr: Translate<K> = (key, values) => i18n._(`${name}.${key}`, values);
  const byLocale = {
    ru: (key: K, values?: Values) => tr(key, values),
    en: (key: K, values?: Values) => tr(key, values),
  } satisfies Record<Locale, Translate<K>>;
  // One function per language: a stable identity between renders, a new one when the words change.
  return { tr, useT: () => byLocale[useLocale()] };
}
