import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";
import { pages } from "./pages.ts";

const source = fileURLToPath(new URL("./service-worker/main.ts", import.meta.url));
const publicFiles = fileURLToPath(new URL("./public", import.meta.url));
/** What stands beside the hashed assets and is needed without a network. */
const besides = ["/before-paint.js", "/icon.svg", "/icon-192.png", "/badge-96.png"];

/** The script of a service worker that keeps these files. */
export async function buildServiceWorker(shell: {
  version: string;
  files: readonly string[];
}): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    define: { OKNO_SHELL: JSON.stringify(shell), OKNO_PAGES: JSON.stringify(pages) },
    build: {
      write: false,
      target: "es2023",
      lib: { entry: source, formats: ["iife"], name: "okno" },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const code = output && "output" in output ? output.output[0].code : undefined;
  if (code === undefined) throw new Error("the service worker was not built");
  return code;
}

/** Builds `/sw.js` after everything else, with the list of files that it keeps; and tells the server which pages there are. */
export function serviceWorker(): Plugin {
  return {
    name: "okno-service-worker",
    apply: "build",
    enforce: "post",
    async generateBundle(_, bundle) {
      const assets = Object.keys(bundle).filter((name) => /^assets\/.*\.(?:js|css|woff2)$/u.test(name));
      const files = [...besides, ...assets.map((name) => `/${name}`)].sort();
      // Assets are named by what is in them; the page and what stands beside them are not.
      const hash = createHash("sha256").update(files.join("\n"));
      const html = bundle["index.html"];
      if (html?.type !== "asset") throw new Error("the page is not there yet");
      hash.update(html.source);
      for (const name of besides) hash.update(await readFile(publicFiles + name));
      const version = hash.digest("hex").slice(0, 12);
      this.emitFile({ type: "asset", fileName: "pages.json", source: JSON.stringify(pages) });
      this.emitFile({
        type: "asset",
        fileName: "sw.js",
        source: await buildServiceWorker({ version, files }),
      });
    },
  };
}
