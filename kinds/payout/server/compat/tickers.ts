import { payoutMethods } from "../methods.ts";
import { formatMinor } from "../money/decimal.ts";
import { divide, parseRatio, type Ratio } from "../money/ratio.ts";
import type { CompatCall, CompatHandler } from "./context.ts";
import { exactNumber } from "./json.ts";
import { no } from "./refusal.ts";

/** Currencies that the interface names though no method here pays in them. */
const others = ["USD", "EUR", "TUSD", "EUROC", "UAH", "POL"];
const known: readonly string[] = [
  ...new Set([...[...payoutMethods.values()].map(({ currency }) => currency), ...others]),
].sort();
const mostTickers = 50;
const base = "RUB";
const currencyPattern = /^[A-Z0-9]{2,12}$/u;
/** Digits after the point of a price that had to be divided. */
const priceDigits = 18;

/** What the source says of a currency, as an exact fraction of roubles. */
async function priceOf({ deps, desk, rates }: CompatCall, currency: string): Promise<Ratio | undefined> {
  if (!currencyPattern.test(currency)) return undefined;
  const rate = await rates.rateOf(deps.ports.db.in(desk.workspace_id), desk.workspace_id, currency);
  return rate && parseRatio(rate.price);
}

/** `ticker/list`: what has a rate now. */
export const tickers: CompatHandler = async (call) => {
  const priced = await Promise.all(
    known.filter((each) => each !== base).map(async (each) => ((await priceOf(call, each)) ? [each] : [])),
  );
  return { tickers: priced.flat() };
};

function crossed(of: Ratio, by: Ratio): string {
  const numerator = of.numerator * by.denominator * 10n ** BigInt(priceDigits);
  return formatMinor(divide(numerator, of.denominator * by.numerator, "half_even"), priceDigits);
}

/** `ticker/get` */
export const ticker: CompatHandler = async (call) => {
  const { fields, version } = call;
  const asked = [...new Set(fields.texts("tickers", mostTickers))];
  const baseCurrency = (version === "v3" ? fields.text("base_currency", 12) : undefined) ?? base;
  const basePrice = await priceOf(call, baseCurrency);
  if (!basePrice) throw no("`base_currency` has no rate");
  const entries = await Promise.all(
    asked.map(async (currency) => {
      const price = await priceOf(call, currency);
      if (!price) throw no("`tickers` field names a currency that has no rate");
      const text = crossed(price, basePrice);
      return [currency, { price: version === "v2" ? exactNumber(text) : text }] as const;
    }),
  );
  const currencies = Object.fromEntries(entries);
  return {
    base_currency: baseCurrency,
    currencies: version === "v3" && asked.length === 0 ? [] : currencies,
  };
};
