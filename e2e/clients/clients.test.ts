import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminKey, type ServerProcess, startServer } from "../lib/server-process.ts";

// Programs as merchants write them, each in its own language, against the server as it is started.

const run = promisify(execFile);
const languages = [
  {
    name: "JavaScript",
    program: process.execPath,
    file: "client.mjs",
    spellings: ["1e-7", "1", "0.30000000000000004"],
  },
  {
    name: "Python",
    program: "python3",
    file: "client.py",
    spellings: ["1e-07", "1.0", "0.30000000000000004"],
  },
  { name: "PHP", program: "php", file: "client.php", spellings: ["1.0E-7", "1", "0.3"] },
];
const installed = (program: string) => spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;

let dataDir: string;
let server: ServerProcess;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "okno-clients-"));
  server = await startServer({ dataDir });
  await native("POST", "/v1/payout-rates", { currency: "ETH", price: "100000" });
});
afterAll(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

type Desk = { id: string; login: string; secret: string; salt: string };

async function native<T>(method: string, path: string, body?: unknown): Promise<T> {
  const res = await fetch(`${server.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${adminKey}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer = (await res.json()) as T;
  expect(res.ok, JSON.stringify(answer)).toBe(true);
  return answer;
}

/** A sandbox desk that pays the smallest sums, free of charge. */
async function newDesk(): Promise<Desk> {
  const desk = await native<Desk>("POST", "/v1/payout-desks", { name: "Касса", mode: "sandbox" });
  const { data } = await native<{ data: { method: string; version: number }[] }>(
    "GET",
    `/v1/payout-desks/${desk.id}/methods`,
  );
  const version = data.find(({ method }) => method === "ETHEREUM")?.version;
  const terms = { percent: "0", fixed: "0", smallest: "0.0000001", version };
  await native("PATCH", `/v1/payout-desks/${desk.id}/methods/ETHEREUM`, terms);
  return desk;
}

describe.each(languages)("a client in $name", ({ program, file, spellings }) => {
  test.skipIf(!installed(program)).each(["v2", "v3"])(
    "[PO-13] funds its desk, signs its own spelling of each amount, submits, and is paid: %s",
    async (version) => {
      const desk = await newDesk();
      const script = fileURLToPath(new URL(file, import.meta.url));
      const args = [script, server.url, desk.login, desk.secret, desk.salt, version];
      const { stdout } = await run(program, args, { timeout: 60_000 });
      expect(JSON.parse(stdout)).toEqual({ spellings, states: ["payed", "payed", "payed"] });
    },
    90_000,
  );
});
