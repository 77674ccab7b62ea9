import { fromBase58 } from "./bytes.ts";
import { accepted, type Checker, refused } from "./checker.ts";

const keyBytes = 32;

/** 32 bytes in Base58: Solana has no checksum. The key of zeros is the system's own program. */
export const checkSolana: Checker = (text) => {
  const bytes = fromBase58(text);
  if (bytes?.length !== keyBytes || bytes.every((byte) => byte === 0)) return refused("malformed");
  return accepted("sol", text);
};
