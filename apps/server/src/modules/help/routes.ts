import { createReadStream, existsSync, readFileSync } from "node:fs";
import { refuse } from "@okno/kit";
import type { FastifyInstance } from "fastify";
import { type HelpLanguage, helpLanguages, renderGuide } from "./render.ts";

const docs = new URL("../../../../../docs/", import.meta.url);
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");
const picture = /^[a-z0-9-]+\.png$/u;

/** `GET /help/{language}`: the operator's guide with its pictures. Rendered once a process. */
export function registerHelp(app: FastifyInstance): void {
  const pages = new Map<HelpLanguage, string>();
  const css = readFileSync(new URL("assets/help.css", import.meta.url), "utf8");

  function pageIn(language: HelpLanguage): string {
    const known = pages.get(language);
    if (known !== undefined) return known;
    const page = renderGuide(readFileSync(new URL(`guides/operator.${language}.md`, docs), "utf8"), language);
    pages.set(language, page);
    return page;
  }

  app.get("/help", (req, reply) => {
    const russian = /^\s*ru\b/iu.test(req.headers["accept-language"] ?? "");
    return reply.header("vary", "accept-language").redirect(`/help/${russian ? "ru" : "en"}`, 302);
  });
  for (const language of helpLanguages)
    app.get(`/help/${language}`, (_req, reply) =>
      reply
        .headers({
          "content-security-policy": policy,
          "x-frame-options": "DENY",
          "cache-control": "no-cache",
          "content-type": "text/html; charset=utf-8",
        })
        .send(pageIn(language)),
    );
  app.get("/help/help.css", (_req, reply) =>
    reply.headers({ "content-type": "text/css; charset=utf-8", "cache-control": "no-cache" }).send(css),
  );
  app.get("/help/screens/:name", (req, reply) => {
    const { name } = req.params as { name: string };
    const file = new URL(`screens/${name}`, docs);
    if (!picture.test(name) || !existsSync(file)) throw refuse("not_found");
    return reply
      .headers({ "content-type": "image/png", "cache-control": "max-age=3600" })
      .send(createReadStream(file));
  });
}
