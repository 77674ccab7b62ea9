import { readFileSync } from "node:fs";
import type { Route } from "@okno/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { buildOpenApi } from "./openapi.ts";
import { originMark, renderPage } from "./page.ts";
import { type Language, languageOf } from "./words.ts";

/** What every page of `/docs` is sent with: it loads what is its own, and stands in no frame. */
export const docsHeaders = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "x-frame-options": "DENY",
};

const assetTypes = {
  "docs.css": "text/css; charset=utf-8",
  "reference.css": "text/css; charset=utf-8",
  "docs.js": "text/javascript; charset=utf-8",
};
const safeHost = /^[\w.:[\]-]{1,260}$/u;

export type ApiDocs = { routes: readonly Route[]; version: string; publicUrl: string | undefined };

/** The address under which the caller reached this page. */
export function originOf(req: FastifyRequest, publicUrl: string | undefined): string {
  // The host is the caller's own word: only what cannot be markup goes into the page.
  return publicUrl ?? (safeHost.test(req.host) ? `${req.protocol}://${req.host}` : originMark);
}

/** `GET /openapi.json` and `GET /docs/reference`: made once, since nothing in them changes while the process runs. */
export function registerApiDocs(app: FastifyInstance, { routes, version, publicUrl }: ApiDocs): void {
  const document = buildOpenApi(routes, version);
  const text = JSON.stringify(document);
  const pages = new Map<Language, string>();

  function pageIn(language: Language): string {
    const page = pages.get(language) ?? renderPage(document, language);
    pages.set(language, page);
    return page;
  }

  const send = (reply: FastifyReply, type: string, content: string) =>
    reply.headers({ "content-type": type, "cache-control": "no-cache" }).send(content);

  app.get("/openapi.json", (_req, reply) => send(reply, "application/json; charset=utf-8", text));
  app.get("/docs/reference", (req, reply) => {
    const { lang } = req.query as { lang?: unknown };
    const page = pageIn(languageOf(lang, req.headers["accept-language"]));
    const origin = originOf(req, publicUrl);
    void reply.headers({ ...docsHeaders, vary: "accept-language" });
    return send(
      reply,
      "text/html; charset=utf-8",
      page.replaceAll(originMark, () => origin),
    );
  });
  for (const [name, type] of Object.entries(assetTypes)) {
    const asset = readFileSync(new URL(`assets/${name}`, import.meta.url), "utf8");
    app.get(`/docs/${name}`, (_req, reply) => send(reply, type, asset));
  }
}
