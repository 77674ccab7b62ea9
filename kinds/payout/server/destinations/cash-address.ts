import { bech32 } from "@scure/base";
import { accepted, type Checker, refused } from "./checker.ts";

// CashAddr, the address of Bitcoin Cash: https://reference.cash/protocol/blockchain/encoding/cashaddr
const prefix = "bitcoincash";
const testPrefixes = ["bchtest", "bchreg"];
const alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const checksumWords = 8;
const generators = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n];
const hashBytes = new Map([
  [0, 20],
  [3, 32],
]);
const mostType = 3;

function polymod(words: readonly number[]): bigint {
  let sum = 1n;
  for (const word of words) {
    const top = sum >> 35n;
    sum = ((sum & 0x07ffffffffn) << 5n) ^ BigInt(word);
    for (const [i, generator] of generators.entries()) if ((top >> BigInt(i)) & 1n) sum ^= generator;
  }
  return sum ^ 1n;
}

const prefixWords = [...prefix].map((letter) => letter.charCodeAt(0) & 31);

/** The version's byte says what the hash is of, and how long it is. Types 2 and 3 are 0 and 1 of wallets that know of tokens. */
function accountOf(bytes: Uint8Array): string | undefined {
  const version = bytes[0] ?? 0xff;
  const type = version >> 3;
  if (type > mostType || bytes.length - 1 !== hashBytes.get(version & 7)) return undefined;
  return `${type & 1}:${Buffer.from(bytes.subarray(1)).toString("hex")}`;
}

export const checkBitcoinCash: Checker = (text) => {
  if (text !== text.toLowerCase() && text !== text.toUpperCase()) return refused("malformed");
  const lower = text.toLowerCase();
  if (testPrefixes.some((other) => lower.startsWith(`${other}:`))) return refused("test_network");
  const body = lower.startsWith(`${prefix}:`) ? lower.slice(prefix.length + 1) : lower;
  if (!/^[qpzr][02-9ac-hj-np-z]{41,111}$/u.test(body)) return refused("malformed");
  const words = [...body].map((letter) => alphabet.indexOf(letter));
  if (polymod([...prefixWords, 0, ...words]) !== 0n) return refused("wrong_checksum");
  const bytes = bech32.fromWordsUnsafe(words.slice(0, -checksumWords));
  const account = bytes instanceof Uint8Array ? accountOf(bytes) : undefined;
  return account ? accepted("bch", `${prefix}:${body}`, account) : refused("malformed");
};
