import { readFileSync } from "node:fs";
import { refuse } from "@okno/kit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../../platform/clock.ts";
import { docsHeaders, type Language, languageOf, languages, originOf } from "../api-docs/index.ts";
import { loadGuides } from "./guide.ts";
import { renderMarkdown } from "./markdown.ts";
import { type Page, renderPage } from "./page.ts";
import type { SandboxAccess } from "./sandbox.ts";

export type GuideDeps = {
  clock: Clock;
  publicUrl: string | undefined;
  isSignedIn(req: FastifyRequest): Promise<boolean>;
  /** The sandbox that is shown to everybody; none but in a demo. */
  sandbox(): Promise<SandboxAccess | undefined>;
};

/** `GET /docs`, `/docs/{language}` and `/docs/{language}/{guide}`. The texts are made into markup once a process. */
export function registerGuides(app: FastifyInstance, deps: GuideDeps): void {
  const made = new Map<Language, Page[]>();
  const css = readFileSync(new URL("assets/guides.css", import.meta.url), "utf8");

  function pagesIn(language: Language): Page[] {
    const known = made.get(language);
    if (known) return known;
    const pages = loadGuides(language).map((guide) => ({
      ...guide,
      ...renderMarkdown(guide.text, language),
    }));
    made.set(language, pages);
    return pages;
  }

  /** A page that can be read by anybody does not fail because the database is away. */
  async function readerOf(req: FastifyRequest) {
    const [signedIn, sandbox] = await Promise.all([
      deps.isSignedIn(req).catch(() => false),
      deps.sandbox().catch(() => undefined),
    ]);
    return { signedIn, sandbox, origin: originOf(req, deps.publicUrl), now: deps.clock.now() };
  }

  async function show(req: FastifyRequest, reply: FastifyReply, language: Language, name: string) {
    const pages = pagesIn(language);
    const page = pages.find((each) => each.name === name);
    if (!page) throw refuse("not_found");
    const reader = { language, ...(await readerOf(req)) };
    void reply.headers({
      ...docsHeaders,
      "cache-control": "private, no-cache",
      vary: "accept-language, cookie",
      "content-type": "text/html; charset=utf-8",
    });
    return reply.send(renderPage(pages, page, reader));
  }

  app.get("/docs", (req, reply) => {
    const { lang } = req.query as { lang?: unknown };
    return show(req, reply, languageOf(lang, req.headers["accept-language"]), "index");
  });
  for (const language of languages) {
    app.get(`/docs/${language}`, (req, reply) => show(req, reply, language, "index"));
    app.get(`/docs/${language}/:guide`, (req, reply) => {
      const { guide } = req.params as { guide: string };
      return show(req, reply, language, guide);
    });
  }
  app.get("/docs/guides.css", (_req, reply) =>
    reply.headers({ "content-type": "text/css; charset=utf-8", "cache-control": "no-cache" }).send(css),
  );
}
