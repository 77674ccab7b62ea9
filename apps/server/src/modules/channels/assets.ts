import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { PageAsset } from "@okno/kit";

const types: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

export type Assets = ReadonlyMap<string, PageAsset>;

/** Where the build of the pages that sites embed is put. */
const builtPages = fileURLToPath(new URL("../../../../widget/dist/", import.meta.url));

/** Reads the built files once: they are few and small. An empty map where nothing has been built. */
export function loadAssets(folder = builtPages): Assets {
  const names = (() => {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  })();
  return new Map(
    names.flatMap((name) => {
      const type = types[extname(name)];
      if (!type) return [];
      const bytes = readFileSync(`${folder}/${name}`);
      const version = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
      return [[name, { bytes, gzip: gzipSync(bytes, { level: 9 }), type, version }] as const];
    }),
  );
}
