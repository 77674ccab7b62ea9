import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Figure, limited, median } from "../lib/figure.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const rounds = 3;

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** `npm start` until it is ready. @returns seconds. */
async function startOnce(dataDir: string): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const env = {
    ...process.env,
    OKNO_PORT: String(port),
    OKNO_DATA_DIR: dataDir,
    OKNO_DEMO: "0",
    DATABASE_URL: "",
  };
  const child = spawn("npm", ["start"], { cwd: root, env, stdio: "ignore", detached: true });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    while (child.exitCode === null) {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
      if (answer?.status === 200) return (performance.now() - started) / 1000;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error("npm start ended before it was ready");
  } finally {
    process.kill(-(child.pid ?? 0), "SIGTERM");
    await ended;
  }
}

/** The second start: nothing to install, nothing to build, a database that is there. */
export const secondStart: Figure = {
  name: "second-start",
  async run(say) {
    const dataDir = await mkdtemp(join(tmpdir(), "okno-bench-"));
    try {
      await startOnce(dataDir);
      const times: number[] = [];
      for (let round = 1; round <= rounds; round++) times.push(await startOnce(dataDir));
      say(times.map((time) => `${time.toFixed(2)} s`).join(", "));
      return [limited("second npm start to ready", "s", median(times), 3)];
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};
