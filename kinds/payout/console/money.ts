import { host } from "./host.ts";

const signs: Readonly<Record<string, string>> = { RUB: "₽", KZT: "₸", TRY: "₺" };

type Exact = Intl.StringNumericLiteral;

/** A decimal text in the reader's spelling: every digit stays, none is rounded. */
export function formatAmount(amount: string, currency: string, locale: string): string {
  const least = currency in signs ? 2 : 0;
  const digits = new Intl.NumberFormat(locale, { minimumFractionDigits: least, maximumFractionDigits: 18 });
  return `${digits.format(amount as Exact)}\u00a0${signs[currency] ?? currency}`;
}

/** Amounts in the reader's language. */
export function useAmount(): (amount: string, currency: string) => string {
  const locale = host.useLocale();
  return (amount, currency) => formatAmount(amount, currency, locale);
}

export const isZero = (amount: string): boolean => /^[0.]*$/u.test(amount);

const form = /^\d{1,38}(?:\.\d{1,18})?$/u;

/** What somebody typed as the wire spells it: `1 500,50` is `1500.50`; undefined for what is no number. */
export function readNumber(typed: string): string | undefined {
  const plain = typed.replaceAll(/[\s\u00a0\u202f]/gu, "").replace(",", ".");
  return form.test(plain) ? plain.replace(/^0+(?=\d)/u, "") : undefined;
}

/** The same for sums of money, of which nothing is none. */
export function readAmount(typed: string): string | undefined {
  const number = readNumber(typed);
  return number === undefined || isZero(number) ? undefined : number;
}
