import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";

const consoleDist = fileURLToPath(new URL("../../console/dist/", import.meta.url));

// Everything the console loads is its own; styles may be set on elements (menus are placed by script).
const consolePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const notBuilt =
  "<!doctype html><meta charset=utf-8><title>Okno</title><p>The console is not built: run <code>npm start</code>.";

/** The console's files: hashed assets for ever, the page itself never from a cache. Every address that is no file is the console's own. */
export async function servePages(app: FastifyInstance): Promise<void> {
  const built = existsSync(`${consoleDist}index.html`);
  if (built) {
    // Looked up when asked for, so that a console built anew is served without a restart.
    await app.register(fastifyStatic, {
      root: `${consoleDist}assets/`,
      prefix: "/assets/",
      index: false,
      maxAge: "1y",
      immutable: true,
    });
    const besides = readdirSync(consoleDist, { withFileTypes: true }).filter(
      (entry) => entry.isFile() && !["index.html", "pages.json"].includes(entry.name),
    );
    for (const { name } of besides) {
      app.get(`/${name}`, (_req, reply) =>
        reply.header("cache-control", "no-cache").sendFile(name, consoleDist, { cacheControl: false }),
      );
    }
  }
  const page = async (_req: unknown, reply: FastifyReply) => {
    void reply.headers({
      "content-security-policy": consolePolicy,
      "x-frame-options": "DENY",
      "cache-control": "no-cache",
    });
    if (!built) return reply.type("text/html; charset=utf-8").send(notBuilt);
    return reply
      .type("text/html; charset=utf-8")
      .sendFile("index.html", consoleDist, { cacheControl: false });
  };
  app.get("/", page);
  const pages = built ? (JSON.parse(readFileSync(`${consoleDist}pages.json`, "utf8")) as string[]) : [];
  for (const name of pages) {
    app.get(`/${name}`, page);
    app.get(`/${name}/*`, page);
  }
}
