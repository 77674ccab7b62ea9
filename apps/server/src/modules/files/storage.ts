import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { refuse } from "@okno/kit";
import { fileTypeFromFile } from "file-type";

/** Where files lie: by workspace and content hash, so that the same bytes are kept once. */
export type Storage = {
  /** Takes a stream to its end. @throws payload_too_large, with nothing left behind. */
  put(
    workspaceId: string,
    stream: NodeJS.ReadableStream,
    maxBytes: number,
  ): Promise<{ sha256: string; sizeBytes: number; mediaType: string }>;
  open(workspaceId: string, sha256: string): NodeJS.ReadableStream;
  has(workspaceId: string, sha256: string): Promise<boolean>;
  remove(workspaceId: string, sha256: string): Promise<void>;
};

/** Text is text if it is valid UTF-8 without controls; markup is never trusted to be what it says. */
async function sniff(path: string, head: Buffer): Promise<string> {
  const known = await fileTypeFromFile(path);
  if (known) return known.mime;
  const start = head.toString("utf8").trimStart().toLowerCase();
  if (/^(<\?xml|<!doctype|<html|<svg|<script|<!--)/u.test(start))
    return start.includes("<svg") ? "image/svg+xml" : "text/html";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what tells binary from text
  const binary = /[\u0000-\u0008\u000e-\u001f]/u.test(start) || start.includes("\ufffd");
  return binary ? "application/octet-stream" : "text/plain";
}

/** Files in a directory: written beside, synced, then renamed into place; a crash leaves no half file under a hash. */
export function createDirectoryStorage(root: string): Storage {
  const pathOf = (workspaceId: string, sha256: string) => join(root, workspaceId, sha256.slice(0, 2), sha256);

  async function receive(stream: NodeJS.ReadableStream, path: string, maxBytes: number) {
    const hash = createHash("sha256");
    const head: Buffer[] = [];
    let sizeBytes = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        if (sizeBytes < 512) head.push(chunk.subarray(0, 512));
        sizeBytes += chunk.length;
        if (sizeBytes > maxBytes) return done(refuse("payload_too_large", { maxBytes }));
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(stream, meter, createWriteStream(path));
    return { sha256: hash.digest("hex"), sizeBytes, head: Buffer.concat(head).subarray(0, 512) };
  }

  return {
    async put(workspaceId, stream, maxBytes) {
      const incoming = join(root, "incoming");
      await mkdir(incoming, { recursive: true });
      const temporary = join(incoming, randomUUID());
      try {
        const { sha256, sizeBytes, head } = await receive(stream, temporary, maxBytes);
        const mediaType = await sniff(temporary, head);
        const handle = await open(temporary, "r+");
        await handle.sync();
        await handle.close();
        const path = pathOf(workspaceId, sha256);
        await mkdir(dirname(path), { recursive: true });
        await rename(temporary, path);
        return { sha256, sizeBytes, mediaType };
      } finally {
        await rm(temporary, { force: true });
      }
    },
    open: (workspaceId, sha256) => createReadStream(pathOf(workspaceId, sha256)),
    async has(workspaceId, sha256) {
      return (await stat(pathOf(workspaceId, sha256)).catch(() => undefined)) !== undefined;
    },
    remove: (workspaceId, sha256) => rm(pathOf(workspaceId, sha256), { force: true }),
  };
}
