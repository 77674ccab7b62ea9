import { parseMinor } from "./money/decimal.ts";

export type DestinationFamily =
  | "bitcoin"
  | "bitcoin_cash"
  | "litecoin"
  | "dash"
  | "dogecoin"
  | "evm"
  | "tron"
  | "ton"
  | "monero"
  | "solana"
  | "card_rub"
  | "card_kzt"
  | "card_try"
  | "phone"
  | "login"
  | "test";

/** What a destination needs beside itself: a memo, by which an exchange tells its customers apart; the receiver's bank. */
export type ExtraKind = "memo" | "bank";

export type PayoutMethod = {
  code: string;
  name: string;
  currency: string;
  /** Decimals of a minor unit. Of the method, not of the currency: one currency counts differently on two networks. */
  precision: number;
  family: DestinationFamily;
  extra: { kind: ExtraKind; required: boolean } | null;
  /** What a desk begins with; sums in minor units, the limits are for the amount asked. */
  defaults: { percent: string; fixed: bigint; min: bigint; max: bigint };
};

type Terms = { percent: string; fixed: string; min: string; max: string };
type Line = readonly [
  code: string,
  name: string,
  currency: string,
  precision: number,
  family: DestinationFamily,
  terms: Terms,
  extra?: ExtraKind,
];

const terms = (percent: string, fixed: string, min: string, max: string): Terms => ({
  percent,
  fixed,
  min,
  max,
});
const card = terms("2.5", "50", "500", "300000");
const stable = terms("0.5", "2", "5", "100000");

const lines: readonly Line[] = [
  ["BITCOIN", "Bitcoin", "BTC", 8, "bitcoin", terms("1", "0", "0.00005", "0.5")],
  ["BITCOINCASH", "Bitcoin Cash", "BCH", 8, "bitcoin_cash", terms("1", "0.0005", "0.001", "100")],
  ["LITECOIN", "Litecoin", "LTC", 8, "litecoin", terms("1", "0.001", "0.005", "500")],
  ["DASH", "Dash", "DASH", 8, "dash", terms("1", "0.001", "0.01", "1000")],
  ["DOGECOIN", "Dogecoin", "DOGE", 8, "dogecoin", terms("1", "2", "10", "500000")],
  ["ETHEREUM", "Ethereum", "ETH", 18, "evm", terms("0", "0.0015", "0.0001", "50")],
  ["BNBSMARTCHAIN", "BNB Smart Chain", "BNB", 18, "evm", terms("1", "0.0005", "0.005", "200")],
  ["POLYGON", "Polygon", "POL", 18, "evm", terms("1", "0.1", "1", "100000")],
  ["TRON", "TRON", "TRX", 6, "tron", terms("1", "1", "10", "500000")],
  ["TONCOIN", "TON", "TON", 9, "ton", terms("1", "0.01", "0.1", "50000"), "memo"],
  ["MONERO", "Monero", "XMR", 12, "monero", terms("1", "0.0005", "0.01", "500")],
  ["SOLANA", "Solana", "SOL", 9, "solana", terms("1", "0.001", "0.01", "1000")],
  ["USDTTRC", "USDT TRC-20", "USDT", 6, "tron", stable],
  ["USDTBEP", "USDT BEP-20", "USDT", 18, "evm", stable],
  ["USDTPOL", "USDT Polygon", "USDT", 6, "evm", stable],
  ["USDTSPL", "USDT Solana", "USDT", 6, "solana", stable],
  ["USDCTRC", "USDC TRC-20", "USDC", 6, "tron", stable],
  ["USDCSPL", "USDC Solana", "USDC", 6, "solana", stable],
  ["CARDRUB", "Карты, рубли", "RUB", 2, "card_rub", card],
  ["CARDRUBP2P", "Карты, рубли, P2P", "RUB", 2, "card_rub", card],
  ["CARDRUBTRANSP2P", "Карты, рубли, за границу, P2P", "RUB", 2, "card_rub", card],
  ["CARDKZTP2P", "Карты, тенге, P2P", "KZT", 2, "card_kzt", terms("2.5", "250", "2500", "1500000")],
  ["CARDTRYP2P", "Карты, лиры, P2P", "TRY", 2, "card_try", terms("2.5", "20", "200", "100000")],
  ["SBP", "СБП", "RUB", 2, "phone", card, "bank"],
  ["SBPP2P", "СБП, P2P", "RUB", 2, "phone", card, "bank"],
  ["SBPTRANSP2P", "СБП, за границу, P2P", "RUB", 2, "phone", card, "bank"],
  ["SBERPAYP2P", "SberPay, P2P", "RUB", 2, "phone", card],
  ["LZTMARKET", "LZT Market", "RUB", 2, "login", terms("2", "0", "10", "500000")],
  ["CRYSTALPAY", "CrystalPAY", "RUB", 2, "login", terms("0", "0", "1", "1000000")],
  ["TEST", "Test", "RUB", 2, "test", terms("0", "0", "0.01", "1000000000")],
];

function readLine([code, name, currency, precision, family, own, extra]: Line): PayoutMethod {
  const minor = (text: string) => {
    const parsed = parseMinor(text, precision, { zeroAllowed: true });
    if (!parsed.ok) throw new RangeError(`${code}: ${text} is ${parsed.why}`);
    return parsed.minor;
  };
  const { percent, fixed, min, max } = own;
  return {
    code,
    name,
    currency,
    precision,
    family,
    // Never required: version 2 of the compatible interface has no field for it, and most wallets need none.
    extra: extra ? { kind: extra, required: false } : null,
    defaults: { percent, fixed: minor(fixed), min: minor(min), max: minor(max) },
  };
}

/** Every method a payout may go by, under its code. */
export const payoutMethods: ReadonlyMap<string, PayoutMethod> = new Map(
  lines.map((line) => [line[0], readLine(line)]),
);

export const methodOf = (code: string): PayoutMethod | undefined => payoutMethods.get(code);
