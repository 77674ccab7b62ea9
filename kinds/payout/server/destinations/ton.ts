import { accepted, type Checker, refused } from "./checker.ts";

// TEP-2. A friendly address is 36 bytes in Base64: flags, workchain, the account's hash, CRC16. A raw one names workchain and hash.
const bounceable = 0x11;
const nonBounceable = 0x51;
const testOnly = 0x80;
const workchains = [0, 0xff];
const friendlyPattern = /^(?:[A-Za-z0-9+/]{48}|[A-Za-z0-9_-]{48})$/u;
const rawPattern = /^(?:0|-1):[0-9a-f]{64}$/iu;

function crc16(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) sum = ((sum << 1) ^ (sum & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return sum;
}

/**
 * Friendly or raw, on the main network. The friendly form is kept, for it says whether a transfer may bounce; both forms of an account
 * have its raw one as canonical.
 */
export const checkTon: Checker = (text) => {
  if (rawPattern.test(text)) return accepted("ton", text.toLowerCase());
  if (!friendlyPattern.test(text)) return refused("malformed");
  const bytes = Buffer.from(text, "base64url");
  if (crc16(bytes.subarray(0, 34)) !== bytes.readUInt16BE(34)) return refused("wrong_checksum");
  const [flags = 0, workchain = 1] = bytes;
  if (flags & testOnly) return refused("test_network");
  if (![bounceable, nonBounceable].includes(flags) || !workchains.includes(workchain))
    return refused("malformed");
  const hash = bytes.subarray(2, 34).toString("hex");
  return accepted("ton", bytes.toString("base64url"), `${workchain === 0 ? "0" : "-1"}:${hash}`);
};
