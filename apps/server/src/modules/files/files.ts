import { cleanLine } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Database, type Queryable, statement } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import type { Storage } from "./storage.ts";

export const maxFileBytes = 25 * 1024 * 1024;
/** An uploaded file that no message has named by then is removed. */
const unusedHours = 24;

/** Programs for the reader's machine: nobody needs them in a customer's letter. */
const refusedTypes = new Set([
  "application/x-msdownload",
  "application/x-mach-binary",
  "application/x-elf",
  "application/x-ms-shortcut",
]);

const insertFile = statement(
  "files.insert",
  `insert into files (workspace_id, sha256, size_bytes, media_type, created_at) values ($1, decode($2, 'hex'), $3, $4, $5)
   on conflict (workspace_id, sha256) do update set created_at = excluded.created_at returning media_type`,
);
const insertAttachment = statement(
  "files.insert_attachment",
  `insert into attachments (workspace_id, id, uploaded_by, sha256, name, created_at) values ($1, $2, $3, decode($4, 'hex'), $5, $6)`,
);
const find = statement(
  "files.find_attachment",
  // The one predicate of attachments: those of a message, in the projects of the caller's scope; a free one, its uploader's.
  `select a.id, a.name, encode(a.sha256, 'hex') as sha256, f.media_type, f.size_bytes from attachments a
   join files f on f.workspace_id = a.workspace_id and f.sha256 = a.sha256
   where a.workspace_id = $1 and a.id = $2 and (a.project_id = any($3::uuid[]) or (a.message_id is null and a.uploaded_by = $4))`,
);
const removeUnused = statement(
  "files.remove_unused_attachments",
  // A file in somebody's draft is not forgotten, however old the draft. Only its uploader's drafts can name it.
  `delete from attachments a where a.message_id is null and a.created_at < $1
     and not exists (select from drafts d where d.workspace_id = a.workspace_id and d.member_id = a.uploaded_by and a.id = any(d.attachments))
   returning a.workspace_id`,
);
const removeUnreferenced = statement(
  "files.remove_unreferenced",
  `delete from files f where f.created_at < $1
     and not exists (select from attachments a where a.workspace_id = f.workspace_id and a.sha256 = f.sha256)
   returning f.workspace_id, encode(f.sha256, 'hex') as sha256`,
);

export type FoundAttachment = {
  id: string;
  name: string;
  sha256: string;
  media_type: string;
  size_bytes: number;
};
export type FileDeps = { db: Database; clock: Clock; storage: Storage };

const maxNameLength = 200;

/** A file name with nothing in it that a disk, a header or a reader could take for something else; the extension is kept. */
export function safeFileName(name: string): string {
  const base = cleanLine(name.replace(/^.*[\\/]/u, ""))
    .replace(/[<>:"|?*;]/gu, "_")
    .replace(/^\.+/u, "");
  if (base.length === 0) return "file";
  if (base.length <= maxNameLength) return base;
  const dot = base.lastIndexOf(".");
  const extension = dot > 0 && base.length - dot <= 12 ? base.slice(dot) : "";
  return base.slice(0, maxNameLength - extension.length) + extension;
}

/** Stores the bytes and registers them. @throws payload_too_large, file_type_refused. */
export async function storeFile(
  { db, clock, storage }: FileDeps,
  workspaceId: string,
  stream: NodeJS.ReadableStream,
) {
  const stored = await storage.put(workspaceId, stream, maxFileBytes);
  if (refusedTypes.has(stored.mediaType)) throw refuse("file_type_refused", { type: stored.mediaType });
  await db
    .in(workspaceId)
    .query(insertFile, [workspaceId, stored.sha256, stored.sizeBytes, stored.mediaType, clock.now()]);
  return stored;
}

/** A file uploaded by somebody, free until a message names it. */
export async function addUpload(
  deps: FileDeps,
  workspaceId: string,
  uploaderId: string,
  file: { name: string; stream: NodeJS.ReadableStream },
) {
  const stored = await storeFile(deps, workspaceId, file.stream);
  const id = newId(deps.clock);
  const name = safeFileName(file.name);
  await deps.db
    .in(workspaceId)
    .query(insertAttachment, [workspaceId, id, uploaderId, stored.sha256, name, deps.clock.now()]);
  return { id, name, media_type: stored.mediaType, size_bytes: stored.sizeBytes };
}

export async function findAttachment(
  db: Queryable,
  reader: { workspaceId: string; id: string; projectIds: readonly string[] },
  id: string,
): Promise<FoundAttachment | undefined> {
  const [row] = await db.query<FoundAttachment>(find, [reader.workspaceId, id, reader.projectIds, reader.id]);
  return row;
}

/** Removes uploads that were never used, and bytes that nothing names any more. */
export async function removeUnusedFiles({ db, clock, storage }: FileDeps): Promise<void> {
  const before = new Date(clock.now().getTime() - unusedHours * 3_600_000);
  await db.background.query(removeUnused, [before]);
  const gone = await db.background.query<{ workspace_id: string; sha256: string }>(removeUnreferenced, [
    before,
  ]);
  for (const { workspace_id, sha256 } of gone) await storage.remove(workspace_id, sha256);
}
