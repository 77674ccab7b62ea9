import { expect, test } from "vitest";
import { payoutMethods } from "../methods.ts";
import { checkDestination, mask } from "./index.ts";

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const bech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const segwit = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
const taproot = "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr";
const evm = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const tron = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";
const tonBounceable = "EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs";
const tonRaw = "0:b113a994b5024a16719f69139328eb759596c38a25f59028b146fecdc3621dfe";
const cash = "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a";
const monero =
  "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";
const moneroSub =
  "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H";
const solana = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v";
const usdt = "0xdAC17F958D2ee523a2206206994597C13D831ec7";

/** The friendly address of an account with other flags. */
function friendly(flags: number): string {
  const bytes = Buffer.from(tonBounceable, "base64url");
  bytes[0] = flags;
  let sum = 0;
  for (const byte of bytes.subarray(0, 34))
    for (let bit = 7; bit >= 0; bit -= 1) {
      const carry = (sum >> 15) ^ ((byte >> bit) & 1);
      sum = ((sum << 1) & 0xffff) ^ (carry ? 0x1021 : 0);
    }
  bytes.writeUInt16BE(sum, 34);
  return bytes.toString("base64url");
}

const good: [string, string][] = [
  ["BITCOIN", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"],
  ["BITCOIN", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"],
  ["BITCOIN", segwit],
  ["BITCOIN", taproot],
  ["BITCOIN", "bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3"],
  ["ETHEREUM", evm],
  ["ETHEREUM", usdt],
  ["BNBSMARTCHAIN", evm],
  ["POLYGON", evm],
  ["USDTBEP", evm],
  ["USDTPOL", evm],
  ["TRON", tron],
  ["USDTTRC", tron],
  ["USDCTRC", tron],
  ["TONCOIN", tonBounceable],
  ["TONCOIN", tonRaw],
  ["TONCOIN", "-1:3333333333333333333333333333333333333333333333333333333333333333"],
  ["LITECOIN", "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1"],
  ["DASH", "XpESxaUmonkq8RaLLp46Brx2K39ggQe226"],
  ["DOGECOIN", "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L"],
  ["BITCOINCASH", cash],
  ["MONERO", monero],
  ["MONERO", moneroSub],
  ["SOLANA", solana],
  ["USDTSPL", solana],
  ["USDCSPL", solana],
  ["CARDRUB", "2200000000000053"],
  ["CARDRUBP2P", "2200000000000004"],
  ["CARDRUBTRANSP2P", "4111111111111111"],
  ["CARDKZTP2P", "4111111111111111"],
  ["CARDTRYP2P", "9792000000000003"],
  ["SBP", "+79001234567"],
  ["SBPP2P", "+79001234567"],
  ["SBPTRANSP2P", "+79001234567"],
  ["SBERPAYP2P", "+79001234567"],
  ["LZTMARKET", "shop.login_1"],
  ["CRYSTALPAY", "shoplogin"],
  ["TEST", "examplewallet"],
];

test.each(good)("%s takes %s as it is, and shows only its ends", (method, destination) => {
  const checked = checkDestination(method, destination);
  expect(checked).toMatchObject({ ok: true, normalized: destination, extra: null });
  expect(checked.ok && checked.masked).not.toContain(destination.slice(0, 8));
  expect(checked.ok && checked.masked).toContain("…");
});

test("every method has a checker, and a good destination here", () => {
  const shown = new Set(good.map(([method]) => method));
  expect([...payoutMethods.keys()].filter((code) => !shown.has(code))).toEqual([]);
  for (const code of payoutMethods.keys()) expect(checkDestination(code, "").ok).toBe(false);
  expect(checkDestination("CASHBYPOST", "x")).toEqual({ ok: false, why: "unknown_method" });
  expect(checkDestination("constructor", "x")).toEqual({ ok: false, why: "unknown_method" });
});

test.each([
  ["BITCOIN", segwit.replace(/4$/u, "5"), "wrong_checksum"],
  ["BITCOIN", "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", "test_network"],
  ["BITCOIN", "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", "test_network"],
  ["BITCOIN", "2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc", "test_network"],
  ["BITCOIN", segwit.replace("w508", "W508"), "malformed"],
  // BIP 350's own: version 1 under version 0's checksum, version 0 under version 1's, an unknown version.
  ["BITCOIN", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", "malformed"],
  ["BITCOIN", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", "malformed"],
  ["BITCOIN", "BC1SW50QGDZ25J", "malformed"],
  ["BITCOIN", "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", "wrong_network"],
  ["BITCOIN", tron, "wrong_network"],
  ["BITCOIN", evm, "malformed"],
  ["LITECOIN", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "wrong_network"],
  ["LITECOIN", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "wrong_network"],
  ["DASH", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "wrong_network"],
  ["DOGECOIN", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "wrong_network"],
  ["ETHEREUM", evm.replace(/d$/u, "D"), "wrong_checksum"],
  ["ETHEREUM", evm.slice(2), "malformed"],
  ["ETHEREUM", `0x${evm.slice(2).toUpperCase()}`, "wrong_checksum"],
  ["ETHEREUM", `0x${"0".repeat(40)}`, "malformed"],
  ["ETHEREUM", tron, "malformed"],
  ["ETHEREUM", "examplewallet", "malformed"],
  ["USDTTRC", tron.replace(/t$/u, "u"), "wrong_checksum"],
  ["USDTTRC", "41a614f803b6fd780986a42c78ec9c7f77e6ded13c", "malformed"],
  ["USDTTRC", usdt, "malformed"],
  ["USDTTRC", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "wrong_network"],
  ["TONCOIN", tonBounceable.replace(/s$/u, "t"), "wrong_checksum"],
  ["TONCOIN", friendly(0x91), "test_network"],
  ["TONCOIN", friendly(0xd1), "test_network"],
  ["TONCOIN", friendly(0x12), "malformed"],
  ["TONCOIN", "1:b113a994b5024a16719f69139328eb759596c38a25f59028b146fecdc3621dfe", "malformed"],
  ["BITCOINCASH", "bchtest:qpm2qsznhks23z7629mms6s4cwef74vcwvqcw003ap", "test_network"],
  ["BITCOINCASH", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "malformed"],
  ["MONERO", `${monero.slice(0, -1)}B`, "wrong_checksum"],
  ["SOLANA", "11111111111111111111111111111111", "malformed"],
  ["SOLANA", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "malformed"],
  ["CARDRUB", "2204120100000004", "wrong_checksum"],
  ["CARDRUB", "4111111111111112", "wrong_checksum"],
  ["CARDRUB", "411111111111111", "malformed"],
  ["CARDRUB", "378282246310005", "malformed"],
  ["CARDRUB", "6011111111111117", "unsupported_card"],
  ["CARDKZTP2P", "2200000000000053", "unsupported_card"],
  ["CARDTRYP2P", "2200000000000053", "unsupported_card"],
  ["CARDRUB", "２２００００００００００００５３", "malformed"],
  ["SBP", "+77011234567", "not_russian_mobile"],
  ["SBP", "+74951234567", "not_russian_mobile"],
  ["SBP", "+14155552671", "not_russian_mobile"],
  ["SBP", "+7900123456", "malformed"],
  ["SBP", "8900123456X", "malformed"],
  ["SBP", "+79001234567;ext=1", "malformed"],
  ["LZTMARKET", "логин", "malformed"],
  ["LZTMARKET", "a b", "malformed"],
  ["CRYSTALPAY", "-shop", "malformed"],
  ["TEST", "", "malformed"],
  ["TEST", "a\u202eb", "malformed"],
  ["TEST", "a\nb", "malformed"],
  ["TEST", "x".repeat(201), "too_long"],
  ["BITCOIN", "1".repeat(10_000), "too_long"],
])("%s refuses %s: %s", (method, destination, why) => {
  expect(checkDestination(method, destination)).toEqual({ ok: false, why });
});

/** A destination with each of its characters changed to every other of its alphabet. */
function* changed(destination: string, from: number, alphabet: string): Generator<string> {
  for (let i = from; i < destination.length; i += 1)
    for (const letter of alphabet)
      if (letter !== destination[i]) yield destination.slice(0, i) + letter + destination.slice(i + 1);
}

test.each<[method: string, destination: string, from: number, alphabet: string]>([
  ["BITCOIN", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", 0, base58],
  ["BITCOIN", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", 0, base58],
  ["BITCOIN", segwit, 3, bech32],
  ["BITCOIN", taproot, 3, bech32],
  ["LITECOIN", "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", 0, base58],
  ["DASH", "XpESxaUmonkq8RaLLp46Brx2K39ggQe226", 0, base58],
  ["DOGECOIN", "DH5yaieqoZN36fDVciNyRueRGvGLR3mr7L", 0, base58],
  ["BITCOINCASH", cash, "bitcoincash:".length, bech32],
  ["TRON", tron, 0, base58],
  ["TONCOIN", tonBounceable, 0, base64],
  ["ETHEREUM", evm, 2, "0123456789abcdefABCDEF"],
  ["MONERO", monero, 0, base58],
  ["CARDRUB", "2200000000000053", 0, "0123456789"],
  ["CARDRUB", "4111111111111111", 0, "0123456789"],
])("[PO-09] %s: any one changed character of %s is refused", (method, destination, from, alphabet) => {
  const passed = [...changed(destination, from, alphabet)].filter(
    (other) => checkDestination(method, other).ok,
  );
  expect(passed).toEqual([]);
});

test.each([
  ["BITCOIN", segwit.toUpperCase(), segwit],
  ["ETHEREUM", evm.toLowerCase(), evm],
  ["BITCOINCASH", cash.replace("bitcoincash:", ""), cash],
  ["BITCOINCASH", cash.toUpperCase(), cash],
  ["TONCOIN", tonBounceable.replaceAll("_", "/").replaceAll("-", "+"), tonBounceable],
  ["TONCOIN", tonRaw.toUpperCase(), tonRaw],
  ["CARDRUB", "2200 0000 0000 0053", "2200000000000053"],
  ["CARDRUB", "2200-0000-0000-0053", "2200000000000053"],
  ["SBP", "89001234567", "+79001234567"],
  ["SBP", "8 (900) 123-45-67", "+79001234567"],
  ["SBP", "79001234567", "+79001234567"],
  ["SBP", "9001234567", "+79001234567"],
  ["BITCOIN", `  ${segwit}\n`, segwit],
])("%s: %s is the spelling of %s", (method, written, normalized) => {
  const [one, other] = [checkDestination(method, written), checkDestination(method, normalized)];
  expect(one).toMatchObject({ ok: true, normalized });
  expect(one).toEqual(other);
});

test("one account has one canonical form, in whatever way and for whatever method it is written", () => {
  const canonical = (method: string, destination: string) => {
    const checked = checkDestination(method, destination);
    return checked.ok ? checked.canonical : checked.why;
  };
  const ton = [tonBounceable, friendly(0x51), tonRaw];
  expect(friendly(0x51)).toMatch(/^UQ.*p0p$/u);
  expect(new Set(ton.map((destination) => canonical("TONCOIN", destination)))).toEqual(
    new Set([`ton:${tonRaw}`]),
  );
  expect(canonical("USDTBEP", evm)).toBe(canonical("ETHEREUM", evm.toLowerCase()));
  expect(canonical("SBP", "89001234567")).toBe(canonical("SBERPAYP2P", "+7 900 123-45-67"));
  expect(canonical("CRYSTALPAY", "ShopLogin")).toBe(canonical("CRYSTALPAY", "shoplogin"));
  expect(canonical("TEST", segwit)).not.toBe(canonical("BITCOIN", segwit));
});

test.each([
  ["TONCOIN", "123456", "123456"],
  ["TONCOIN", "  Заказ 7 ", "Заказ 7"],
  ["TONCOIN", "", null],
  ["TONCOIN", null, null],
  ["SBP", "100000000111", "100000000111"],
  ["BITCOIN", "kept", "kept"],
])("%s keeps %j beside the destination as %j", (method, extra, kept) => {
  const [, destination = ""] = good.find(([code]) => code === method) ?? [];
  expect(checkDestination(method, destination, extra)).toMatchObject({ ok: true, extra: kept });
});

test.each([
  ["TONCOIN", "x".repeat(121)],
  ["TONCOIN", "й".repeat(61)],
  ["TONCOIN", "a\nb"],
  ["TONCOIN", "a\u202eb"],
  ["SBP", "Sberbank"],
  ["SBP", "200000000111"],
])("%s refuses %j beside the destination", (method, extra) => {
  const [, destination = ""] = good.find(([code]) => code === method) ?? [];
  expect(checkDestination(method, destination, extra)).toEqual({ ok: false, why: "extra_malformed" });
});

test("the shorter a destination, the less of it is shown", () => {
  expect(mask("2200000000000053")).toBe("220000…0053");
  expect(mask("+79001234567")).toBe("+7…4567");
  expect(mask("shoplogin")).toBe("s…in");
  expect(mask("login")).toBe("…");
});
