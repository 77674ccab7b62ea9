import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "@okno/testkit";
import type { Figure, Result } from "../lib/figure.ts";
import { fillTickets } from "../lib/fill.ts";
import { signInOwner } from "../lib/person.ts";
import { startServer } from "../lib/server.ts";

// Fetched for this figure alone: as a dependency it would double what a fresh clone installs.
const tool = "lighthouse@13.5.0";

type Report = { categories: Record<string, { score: number | null }> };

function atLeast(figure: string, score: number | null | undefined, aim: number): Result {
  const value = Math.round((score ?? 0) * 100);
  return { figure, value, unit: "", against: null, ratio: null, aim: `≥ ${aim}`, met: value >= aim };
}

/** The inbox of somebody signed in, as Lighthouse sees it with its desktop preset. */
export const lighthouse: Figure = {
  name: "lighthouse",
  async run(say) {
    const dataDir = mkdtempSync(join(tmpdir(), "okno-bench-"));
    const server = await startServer(dataDir);
    try {
      await fillTickets(server.postgres, 1_000, say);
      const { name, value } = await signInOwner(server);
      const report = join(dataDir, "report.json");
      const headers = JSON.stringify({ Cookie: `${name}=${value}` });
      const args = [
        ...["exec", "--yes", `--package=${tool}`, "--", "lighthouse", `${server.url}/inbox/all`],
        ...["--preset=desktop", "--only-categories=performance,accessibility", "--output=json"],
        ...[`--output-path=${report}`, `--extra-headers=${headers}`, "--quiet"],
        "--chrome-flags=--headless=new --no-sandbox",
      ];
      const env = { ...process.env, CHROME_PATH: (await findChromium()).executablePath };
      const { status, stderr } = spawnSync("npm", args, { env, encoding: "utf8" });
      if (status !== 0) throw new Error(`Lighthouse could not be run:\n${stderr}`);
      const { categories } = JSON.parse(readFileSync(report, "utf8")) as Report;
      return [
        atLeast("Lighthouse, desktop: performance", categories.performance?.score, 90),
        atLeast("Lighthouse, desktop: accessibility", categories.accessibility?.score, 100),
      ];
    } finally {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};
