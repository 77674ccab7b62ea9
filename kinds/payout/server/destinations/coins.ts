import { readBase58Check } from "./base58-check.ts";
import { accepted, type Checker, refused } from "./checker.ts";
import { checkSegwit } from "./segwit.ts";

type Coin = {
  network: string;
  versions: readonly number[];
  testVersions: readonly number[];
  segwit?: { prefix: string; testPrefixes: readonly string[] };
};

function coin({ network, versions, testVersions, segwit }: Coin): Checker {
  return (text) => {
    const lower = text.toLowerCase();
    if (segwit?.testPrefixes.some((prefix) => lower.startsWith(`${prefix}1`))) return refused("test_network");
    if (segwit && lower.startsWith(`${segwit.prefix}1`)) return checkSegwit(text, segwit.prefix);
    const read = readBase58Check(text);
    if (!read.ok) return read;
    if (versions.includes(read.version)) return accepted(network, text);
    return refused(testVersions.includes(read.version) ? "test_network" : "wrong_network");
  };
}

export const checkBitcoin = coin({
  network: "bc",
  versions: [0x00, 0x05],
  testVersions: [0x6f, 0xc4],
  segwit: { prefix: "bc", testPrefixes: ["tb", "bcrt"] },
});

// `3…` was Litecoin's too, before `M…`: now nobody can tell whether a Bitcoin address was meant, so the same script's `M…` is asked for.
export const checkLitecoin = coin({
  network: "ltc",
  versions: [0x30, 0x32],
  testVersions: [0x6f, 0x3a],
  segwit: { prefix: "ltc", testPrefixes: ["tltc", "rltc"] },
});

export const checkDash = coin({ network: "dash", versions: [0x4c, 0x10], testVersions: [0x8c, 0x13] });

export const checkDogecoin = coin({ network: "doge", versions: [0x1e, 0x16], testVersions: [0x71, 0xc4] });

const tronVersion = 0x41;

/** Base58 only: the hexadecimal form `41…` has no checksum. */
export const checkTron = coin({ network: "tron", versions: [tronVersion], testVersions: [0xa0] });
