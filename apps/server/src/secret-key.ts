import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Env } from "./platform/env.ts";

/** The installation's secret: from the environment, or made once and kept in the data directory, readable by its owner alone. */
export async function loadSecretKey(env: Env): Promise<string> {
  if (env.secretKey !== undefined) return env.secretKey;
  const path = join(env.dataDir, "secret-key");
  await mkdir(env.dataDir, { recursive: true, mode: 0o700 });
  try {
    await writeFile(path, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return (await readFile(path, "utf8")).trim();
}
