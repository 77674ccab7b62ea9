import { keccak_256 } from "@noble/hashes/sha3.js";
import { accepted, type Checker, refused } from "./checker.ts";

const nobody = `0x${"0".repeat(40)}`;

/** EIP-55: a letter is a capital where the hash of the lower-case address has a digit of 8 or more. */
function withChecksum(lower: string): string {
  const hash = Buffer.from(keccak_256(new TextEncoder().encode(lower.slice(2)))).toString("hex");
  const letters = [...lower.slice(2)].map((letter, i) =>
    Number.parseInt(hash[i] ?? "0", 16) >= 8 ? letter.toUpperCase() : letter,
  );
  return `0x${letters.join("")}`;
}

/** One account on every network of the family. In lower case there is no checksum to hold against; any other case is one. */
export const checkEvm: Checker = (text) => {
  if (!/^0x[0-9a-fA-F]{40}$/u.test(text)) return refused("malformed");
  const lower = text.toLowerCase();
  if (lower === nobody) return refused("malformed");
  const normalized = withChecksum(lower);
  if (text !== lower && text !== normalized) return refused("wrong_checksum");
  return accepted("evm", normalized, lower);
};
