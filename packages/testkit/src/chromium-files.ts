import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { constants, createReadStream, createWriteStream, readFileSync } from "node:fs";
import { access, lstat, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";

/**
 * Unpacks the Chromium that comes inside the npm package @sparticuz/chromium, once, and returns its directory:
 * `chromium`, `lib/` (the shared libraries that a small system lacks) and `fonts/`. The package's own unpacking
 * writes to a fixed name in /tmp, which breaks as soon as two users or two processes share a machine.
 */
export async function unpackShippedChromium(): Promise<string> {
  const require = createRequire(import.meta.url);
  const packageDir = path.join(path.dirname(require.resolve("@sparticuz/chromium")), "..");
  const { version } = JSON.parse(readFileSync(path.join(packageDir, "package.json"), "utf8")) as {
    version: string;
  };
  const target = path.join(await cacheDirectory(packageDir), `chromium-${version}`);
  if (await exists(target)) return target;
  const half = `${target}.${randomUUID()}`;
  await mkdir(path.join(half, "lib"), { recursive: true });
  const archive = (name: string) => path.join(packageDir, "bin", name);
  await Promise.all([
    inflate(archive("chromium.br"), path.join(half, "chromium")),
    extract(archive("al2023.tar.br"), path.join(half, "lib")),
    extract(archive("fonts.tar.br"), half),
  ]);
  await writeFile(path.join(half, "fonts.conf"), fontsConfiguration(target)); // the package's own names /var/task
  await rename(half, target).catch(async (error: unknown) => {
    await rm(half, { recursive: true, force: true });
    if (!(await exists(target))) throw error; // else another process was faster
  });
  return target;
}

const fontsConfiguration = (dir: string) =>
  `<?xml version="1.0"?>\n<fontconfig><dir>${dir}/fonts</dir><cachedir>${dir}/fonts-cache</cachedir></fontconfig>\n`;

/** Beside the installed packages, or, where these are somebody else's, in a private temporary directory. */
async function cacheDirectory(packageDir: string): Promise<string> {
  const shared = path.join(packageDir, "../../.cache/okno");
  const writable = await mkdir(shared, { recursive: true })
    .then(() => access(shared, constants.W_OK))
    .then(
      () => true,
      () => false,
    );
  if (writable) return shared;
  const uid = os.userInfo().uid;
  const own = path.join(os.tmpdir(), `okno-chromium-${uid}`);
  await mkdir(own, { recursive: true, mode: 0o700 });
  if ((await lstat(own)).uid !== uid) throw new Error(`${own} belongs to another user`);
  return own;
}

async function inflate(source: string, target: string): Promise<void> {
  await pipeline(
    createReadStream(source),
    createBrotliDecompress(),
    createWriteStream(target, { mode: 0o755 }),
  );
}

async function extract(source: string, target: string): Promise<void> {
  const tar = spawn("tar", ["-x", "--no-same-owner", "-C", target], { stdio: ["pipe", "ignore", "inherit"] });
  const ended = new Promise<void>((resolve, reject) => {
    tar.on("error", reject);
    tar.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`tar ended with ${code} on ${source}`)),
    );
  });
  await Promise.all([pipeline(createReadStream(source), createBrotliDecompress(), tar.stdin), ended]);
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
