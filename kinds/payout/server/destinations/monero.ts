import { keccak_256 } from "@noble/hashes/sha3.js";
import { base58xmr } from "@scure/base";
import { decoded, sameBytes } from "./bytes.ts";
import { accepted, type Checker, refused } from "./checker.ts";

// One byte of network, two public keys, a payment id in an integrated address, four bytes of checksum.
const addressBytes = 69;
const integratedBytes = 77;
const lengths = new Map([
  [18, addressBytes],
  [42, addressBytes],
  [19, integratedBytes],
]);
const testNetworks = [53, 54, 63, 24, 25, 36];
const checksumBytes = 4;

export const checkMonero: Checker = (text) => {
  const bytes = decoded(base58xmr.decode, text);
  if (bytes?.length !== addressBytes && bytes?.length !== integratedBytes) return refused("malformed");
  const checksum = keccak_256(bytes.subarray(0, -checksumBytes)).subarray(0, checksumBytes);
  if (!sameBytes(checksum, bytes.subarray(-checksumBytes))) return refused("wrong_checksum");
  const network = bytes[0] ?? 0;
  if (testNetworks.includes(network)) return refused("test_network");
  return lengths.get(network) === bytes.length ? accepted("xmr", text) : refused("wrong_network");
};
