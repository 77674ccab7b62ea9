import { constants } from "node:fs";
import { access, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Env } from "../../../platform/env.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

const neededNode = 24;
const littleBytes = 1024 ** 3;
const tooLittleBytes = 100 * 1024 ** 2;
const othersBits = 0o077;
/** To pass through a directory is not to read it: where the database runs as another user, it must. */
const othersReadOrWrite = 0o066;

export function checkNode(version: string = process.versions.node): Finding {
  const major = Number.parseInt(version, 10);
  return major >= neededNode
    ? ok("node", `version ${version}`)
    : fail(
        "node",
        `version ${version} is too old`,
        `run Okno by npm, which brings Node ${neededNode}, or install it`,
      );
}

/** The nearest directory that exists: what is to be made lies on its disk. */
async function existing(path: string): Promise<string> {
  const there = await stat(path).catch(() => undefined);
  return there ? path : existing(dirname(path));
}

/** @param freeBytes given by tests. */
export async function checkSpace(about: string, path: string, freeBytes?: number): Promise<Finding> {
  const { bavail, bsize } = await statfs(await existing(path));
  const free = freeBytes ?? bavail * bsize;
  const words = `${Math.floor(free / 1024 ** 2)} MiB free on the disk of ${path}`;
  if (free < tooLittleBytes) return fail(about, words, "make room now: a full disk stops the database");
  return free < littleBytes
    ? warn(about, words, "make room soon: a full disk stops the database")
    : ok(about, words);
}

/** Is the directory this user's own, writable, and closed to others? A directory that is not there yet is made at the first start. */
export async function checkDirectory(about: string, path: string): Promise<Finding[]> {
  const there = await stat(path).catch(() => undefined);
  if (!there) return [ok(about, `${path} is not there yet; the first start makes it`)];
  if (!there.isDirectory())
    return [fail(about, `${path} is not a directory`, "move it away, or name another directory")];
  const user = process.getuid?.();
  const found: Finding[] = [];
  const writable = await access(path, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable)
    found.push(
      fail(
        about,
        `${path} cannot be written by this user`,
        `give it to the user that runs Okno: chown -R <user> ${path}`,
      ),
    );
  else if (user !== undefined && there.uid !== user)
    found.push(
      warn(
        about,
        `${path} belongs to another user (${there.uid})`,
        "run Okno as that user, always the same one",
      ),
    );
  if ((there.mode & othersReadOrWrite) !== 0)
    found.push(
      warn(
        about,
        `${path} is open to other users of this machine`,
        `it holds customers' data; close it: chmod 700 ${path}`,
      ),
    );
  return found.length > 0 ? found : [ok(about, `${path} is this user's own and closed to others`)];
}

/** The key in the data directory; one given by the environment has no file. */
export async function checkSecretKey(env: Pick<Env, "secretKey" | "dataDir">): Promise<Finding> {
  if (env.secretKey !== undefined) return ok("secret key", "given by OKNO_SECRET_KEY");
  const path = join(env.dataDir, "secret-key");
  const there = await stat(path).catch(() => undefined);
  if (!there) return ok("secret key", "made at the first start");
  if (there.size < 32)
    return fail(
      "secret key",
      `${path} is too short to be a key`,
      "put the installation's own key back from a backup",
    );
  return (there.mode & othersBits) === 0
    ? ok("secret key", `${path}, readable by its owner alone`)
    : fail("secret key", `${path} can be read by other users of this machine`, `chmod 600 ${path}`);
}

const localHost = /^(localhost|127\.|\[?::1\]?$)/u;

/** Do cookies travel safely: does the address that browsers use speak TLS? */
export function checkPublicUrl({
  publicUrl,
  host,
  trustProxy,
}: Pick<Env, "publicUrl" | "host" | "trustProxy">): Finding {
  const about = "public address";
  if (publicUrl === undefined)
    return localHost.test(host)
      ? ok(about, `not set; Okno is reached on this machine alone (${host})`)
      : warn(
          about,
          `not set, and Okno listens on ${host}`,
          "set OKNO_PUBLIC_URL to the https address people use: links and secure cookies come from it",
        );
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === "http:" && !localHost.test(hostname))
    return fail(
      about,
      `${publicUrl} is not https: session cookies and customers' data travel readable`,
      "put a proxy with TLS before Okno and set OKNO_PUBLIC_URL to its https address",
    );
  if (protocol === "https:" && !trustProxy)
    return warn(
      about,
      `${publicUrl} is behind a proxy that is not trusted: all callers look like one address`,
      "set OKNO_TRUST_PROXY=1, provided that Okno is reached through the proxy alone",
    );
  return ok(about, publicUrl);
}
