import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Figure, limited } from "../lib/figure.ts";

type Size = { name: string; limit: number; bytes?: number };

/** What a browser must load, compressed: the same numbers that `npm run check` holds. */
export const bytes: Figure = {
  name: "bytes",
  async run() {
    const script = fileURLToPath(new URL("../../scripts/check-sizes.mjs", import.meta.url));
    const sizes = JSON.parse(
      execFileSync(process.execPath, [script, "--json"], { encoding: "utf8" }),
    ) as Size[];
    return sizes.map(({ name, limit, bytes: size }) => {
      if (size === undefined) throw new Error(`${name} is not built: run npm start once`);
      return limited(`${name}, gzip`, "kB", size / 1000, limit / 1000);
    });
  },
};
