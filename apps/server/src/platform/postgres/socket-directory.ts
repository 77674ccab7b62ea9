import { createHash } from "node:crypto";
import { chown, lstat, mkdir, realpath } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { EmbeddedPostgresUnavailable } from "./errors.ts";
import type { RunIdentity } from "./run-identity.ts";

/** The socket's name carries it; nothing listens on TCP. */
export const SOCKET_PORT = 5432;
/** sun_path holds 108 bytes on Linux and 104 on macOS, the final NUL among them. */
const MAX_SOCKET_PATH_BYTES = 103;

/** The cluster's own directory, or a short private one where the socket's path would be too long for the kernel. */
export async function chooseSocketDirectory(clusterDir: string, identity: RunIdentity): Promise<string> {
  if (Buffer.byteLength(path.join(clusterDir, `.s.PGSQL.${SOCKET_PORT}`)) <= MAX_SOCKET_PATH_BYTES)
    return clusterDir;
  const hash = createHash("sha256")
    .update(await realpath(clusterDir))
    .digest("hex")
    .slice(0, 16);
  const dir = path.join(os.tmpdir(), `okno-${hash}`);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const uid = identity.owner?.uid ?? process.getuid?.() ?? 0;
  const stat = await lstat(dir);
  // The temporary directory is everyone's: a directory made by somebody else would let them listen in our place.
  const ours =
    stat.isDirectory() && (stat.mode & 0o077) === 0 && [uid, process.getuid?.()].includes(stat.uid);
  if (!ours) throw new EmbeddedPostgresUnavailable(`${dir} is not a private directory of ours; remove it.`);
  if (stat.uid !== uid) await chown(dir, uid, identity.owner?.gid ?? 0);
  return dir;
}
