import { chmod, chown, lstat, mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { EmbeddedPostgresUnavailable } from "./errors.ts";
import { runCommand } from "./run-command.ts";

/** Who PostgreSQL runs as, and how: it refuses to run as root. */
export interface RunIdentity {
  /** stands in front of every program */
  readonly prefix: readonly string[];
  /** who owns the cluster's files on disk; undefined: ourselves */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
}

export interface IdentityOptions {
  readonly clusterDir: string;
  readonly program: string;
  readonly libraryDir: string | undefined;
  /** for tests: behave as if user namespaces were barred */
  readonly withoutNamespaces?: boolean;
}

const NOBODY = 65534;
const NAMESPACE = ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
/** The kernel asks PostgreSQL to stop ("fast") when the thread that started it ends, even by kill -9. */
const DIES_WITH_PARENT = ["setpriv", "--pdeathsig", "INT"];

/**
 * An ordinary user runs PostgreSQL as is. Root enters a user namespace in which it is `nobody` (files stay root's);
 * where namespaces are barred (most containers), it becomes an unprivileged user who is made owner of the cluster.
 * A cluster that already belongs to an ordinary user is run as that user, so that one `sudo` does not lock them out.
 */
export async function chooseRunIdentity(options: IdentityOptions): Promise<RunIdentity> {
  if (process.getuid?.() !== 0) {
    return { prefix: (await works(DIES_WITH_PARENT)) ? DIES_WITH_PARENT : [], owner: undefined };
  }
  const present = await ownerOf(options.clusterDir);
  const belongsToUser = present !== undefined && present.uid !== 0;
  if (belongsToUser && (await canRunAs(present, options))) return runAs(present);
  if (!options.withoutNamespaces && (await works([...NAMESPACE, ...DIES_WITH_PARENT]))) {
    await giveTo(options.clusterDir, { uid: 0, gid: 0 });
    return { prefix: [...NAMESPACE, ...DIES_WITH_PARENT], owner: undefined };
  }
  const nobody = { uid: NOBODY, gid: NOBODY };
  if (await canRunAs(nobody, options)) {
    await giveTo(options.clusterDir, nobody);
    return runAs(nobody);
  }
  throw new EmbeddedPostgresUnavailable(
    "PostgreSQL does not run as root; user namespaces are barred here, and an unprivileged user cannot reach both " +
      `${options.program} and ${path.dirname(options.clusterDir)}. Run Okno as an ordinary user, move it and its data out of ` +
      "root's home directory, or set DATABASE_URL.",
  );
}

/** Makes an empty directory, private to whoever runs PostgreSQL. */
export async function makeClusterDirectory(dir: string, identity: RunIdentity): Promise<void> {
  await mkdir(dir, { mode: 0o700 });
  if (identity.owner) await chown(dir, identity.owner.uid, identity.owner.gid);
}

const works = async (prefix: readonly string[]) => (await runCommand([...prefix, "true"])).status === 0;

const runAs = (owner: { uid: number; gid: number }): RunIdentity => ({
  prefix: ["setpriv", `--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups", "--pdeathsig", "INT"],
  owner,
});

async function canRunAs(owner: { uid: number; gid: number }, options: IdentityOptions): Promise<boolean> {
  const { prefix } = runAs(owner);
  const parent = path.dirname(options.clusterDir);
  // Our own directory: others may pass through it to the cluster (which is 0700), but not list it.
  const { uid, mode } = await lstat(parent);
  if (uid === 0 && (mode & 0o011) !== 0o011) await chmod(parent, (mode & 0o777) | 0o011);
  const { libraryDir } = options;
  const program = await runCommand([...prefix, options.program, "--version"], { libraryDir });
  const reach = await runCommand([...prefix, "test", "-x", parent]);
  return program.status === 0 && reach.status === 0;
}

async function ownerOf(dir: string): Promise<{ uid: number; gid: number } | undefined> {
  const stat = await lstat(dir).catch(() => undefined);
  return stat && { uid: stat.uid, gid: stat.gid };
}

async function giveTo(dir: string, owner: { uid: number; gid: number }): Promise<void> {
  const present = await ownerOf(dir);
  if (present === undefined || present.uid === owner.uid) return;
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    const name = path.join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink()) await chown(name, owner.uid, owner.gid).catch(ignoreVanished);
  }
  await chown(dir, owner.uid, owner.gid); // last: an interrupted hand-over is begun anew
}

/** A stopping predecessor may still be removing its temporary files. */
function ignoreVanished(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
