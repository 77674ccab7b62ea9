import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

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
  if (existsSync(`${consoleDist}index.html`)) {
    await app.register(fastifyStatic, {
      root: consoleDist,
      wildcard: false,
      index: false,
      cacheControl: false,
      setHeaders(reply, path) {
        void reply.header(
          "cache-control",
          path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        );
      },
    });
  }
  const page = async (_req: unknown, reply: import("fastify").FastifyReply) => {
    void reply.headers({
      "content-security-policy": consolePolicy,
      "x-frame-options": "DENY",
      "cache-control": "no-cache",
    });
    if (!existsSync(`${consoleDist}index.html`)) return reply.type("text/html; charset=utf-8").send(notBuilt);
    return reply
      .type("text/html; charset=utf-8")
      .sendFile("index.html", consoleDist, { cacheControl: false });
  };
  for (const path of [
    "/",
    "/inbox",
    "/inbox/*",
    "/tickets/*",
    "/settings",
    "/settings/*",
    "/sign-in",
    "/welcome",
  ])
    app.get(path, page);
}
