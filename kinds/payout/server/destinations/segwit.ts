import { bech32, bech32m } from "@scure/base";
import { accepted, type Checked, refused } from "./checker.ts";

// BIP 173 and BIP 350: version 0 is checked by Bech32, version 1 by Bech32m. Later versions have no rules yet: whoever comes
// first could spend what is sent there.
const programBytes = new Map([
  [0, [20, 32]],
  [1, [32]],
]);

function program(version: number, words: number[]): Uint8Array | undefined {
  const bytes = bech32.fromWordsUnsafe(words);
  return bytes instanceof Uint8Array && programBytes.get(version)?.includes(bytes.length) ? bytes : undefined;
}

/** A segregated witness address of the network whose prefix is given. */
export function checkSegwit(text: string, prefix: string): Checked {
  if (text !== text.toLowerCase() && text !== text.toUpperCase()) return refused("malformed");
  const address = text.toLowerCase();
  const plain = bech32.decodeUnsafe(address);
  const modern = bech32m.decodeUnsafe(address);
  const found = plain ?? modern;
  if (!found) return refused("wrong_checksum");
  const [version = -1, ...words] = found.words;
  if (found.prefix !== prefix || (plain ? version !== 0 : version === 0)) return refused("malformed");
  return program(version, words) ? accepted(prefix, address) : refused("malformed");
}
