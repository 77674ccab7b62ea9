import { randomBytes } from "node:crypto";
import type { Clock } from "../../platform/clock.ts";
import { type Database, type Queryable, statement } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";

export type NewProject = { name: string; locale: "ru" | "en"; timeZone: string; accent: string };

const insertWorkspace = statement(
  "workspaces.insert",
  "insert into workspaces (id, name, demo, created_at) values ($1, $2, $3, $4)",
);
const insertProject = statement(
  "workspaces.insert_project",
  "insert into projects (workspace_id, id, name, locale, time_zone, accent, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
);
const insertChannel = statement(
  "workspaces.insert_channel",
  `with public as (insert into channel_keys (public_key, workspace_id, channel_id) values ($6, $1, $2))
   insert into channels (workspace_id, id, project_id, type, name, public_key, config, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
const list = statement("workspaces.list", "select id, name, demo from workspaces order by created_at, id");

export type Workspace = { id: string; name: string; demo: boolean };

export function listWorkspaces(db: Queryable): Promise<Workspace[]> {
  return db.query<Workspace>(list);
}

/** A public key nobody can guess: it stands in addresses that customers see. Letters and digits only, so that it survives any page. */
export function newPublicKey(): string {
  const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  return [...randomBytes(24)].map((byte) => alphabet[byte % 32]).join("");
}

type InWorkspace = Queryable & { workspaceId: string };

export async function addChannel(
  tx: InWorkspace,
  clock: Clock,
  channel: { projectId: string; type: string; name: string; config: unknown },
): Promise<{ id: string; publicKey: string }> {
  const id = newId(clock);
  const publicKey = newPublicKey();
  const { projectId, type, name, config } = channel;
  await tx.query(insertChannel, [
    tx.workspaceId,
    id,
    projectId,
    type,
    name,
    publicKey,
    JSON.stringify(config),
    clock.now(),
  ]);
  return { id, publicKey };
}

/** A project with the one channel every project has: the API. */
export async function addProject(
  tx: InWorkspace,
  clock: Clock,
  { name, locale, timeZone, accent }: NewProject,
): Promise<string> {
  const id = newId(clock);
  await tx.query(insertProject, [tx.workspaceId, id, name, locale, timeZone, accent, clock.now()]);
  await addChannel(tx, clock, { projectId: id, type: "api", name: "API", config: {} });
  return id;
}

/** A workspace with its first project, which is the default one. */
export async function createWorkspace(
  { db, clock }: { db: Database; clock: Clock },
  { name, demo = false, project }: { name: string; demo?: boolean; project: NewProject },
): Promise<{ workspaceId: string; projectId: string }> {
  const workspaceId = newId(clock);
  await db.system.query(insertWorkspace, [workspaceId, name, demo, clock.now()]);
  const projectId = await db.transaction(workspaceId, (tx) => addProject(tx, clock, project));
  return { workspaceId, projectId };
}
