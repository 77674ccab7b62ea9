import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test, vi } from "vitest";

// What sites copy from the README is run as it stands there.

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const { secret, now, vectors } = JSON.parse(
  readFileSync(new URL("../fixtures/identity-vectors.json", import.meta.url), "utf8"),
) as { secret: string; now: string; vectors: { jwt: string }[] };
const user = { id: "4217", name: "Иван Петров", email: "ivan@shop.example", phone: "+79161234567" };

const folder = mkdtempSync(join(tmpdir(), "okno-readme-"));
afterAll(() => rmSync(folder, { recursive: true }));

const codeIn = (language: string) =>
  new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "mu").exec(readme)?.[1] ?? "";
const hasPhp = spawnSync("php", ["--version"]).status === 0;

test("the README's code for Node signs the first test vector", async () => {
  const file = join(folder, "sign.mjs");
  writeFileSync(file, codeIn("js"));
  const { chatIdentity } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
    chatIdentity(of: object, key: string): string;
  };
  vi.useFakeTimers({ now: new Date(now), toFake: ["Date"] });
  try {
    expect(chatIdentity(user, secret)).toBe(vectors[0]?.jwt);
  } finally {
    vi.useRealTimers();
  }
});

test.skipIf(!hasPhp)("the README's code for PHP signs the first test vector", () => {
  const seconds = Date.parse(now) / 1000;
  const code = codeIn("php").replace("time()", String(seconds));
  const file = join(folder, "sign.php");
  const call = `echo chat_identity(json_decode($argv[1], true), $argv[2]);`;
  writeFileSync(file, `<?php\n${code}\n${call}`);
  const jwt = execFileSync("php", [file, JSON.stringify(user), secret], { encoding: "utf8" });
  expect(jwt).toBe(vectors[0]?.jwt);
});
