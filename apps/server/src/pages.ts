import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import { html } from "@okno/kit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { languageOf } from "./modules/api-docs/index.ts";

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

/** Pages that are for those who are not signed in. */
const entrances = new Set(["sign-in", "welcome"]);

const strangerWords = {
  ru: { text: "Вы не вошли.", signIn: "Войти", access: "Как получить доступ" },
  en: { text: "You are not signed in.", signIn: "Sign in", access: "How to get access" },
} as const;

/** What a stranger reads where no script leads on to the sign-in. */
function strangerPage(page: string, language: "ru" | "en", here: string): string {
  const w = strangerWords[language];
  const links = html`<noscript><p>${w.text} <a href="/sign-in?next=${encodeURIComponent(here)}">${w.signIn}</a> · <a href="/docs/${language}/access">${w.access}</a></p></noscript>`;
  return page.replace("<body>", () => `<body>${links}`);
}

/** The console's files: hashed assets for ever, the page itself never from a cache. Every address that is no file is the console's own. */
export async function servePages(
  app: FastifyInstance,
  isSignedIn: (req: FastifyRequest) => Promise<boolean>,
): Promise<void> {
  const built = existsSync(`${consoleDist}index.html`);
  if (built) {
    // Looked up when asked for, so that a console built anew is served without a restart.
    await app.register(fastifyStatic, {
      root: `${consoleDist}assets/`,
      prefix: "/assets/",
      index: false,
      maxAge: "1y",
      immutable: true,
      // The build leaves each script and style compressed beside it.
      preCompressed: true,
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
  /** Whoever is not signed in gets the same page, which leads to the sign-in, under a status that says so. */
  const behindSignIn = async (req: FastifyRequest, reply: FastifyReply) => {
    // While the database is away the console itself says what can be read on.
    if (!built || (await isSignedIn(req).catch(() => true))) return page(req, reply);
    const language = languageOf(undefined, req.headers["accept-language"]);
    const text = strangerPage(readFileSync(`${consoleDist}index.html`, "utf8"), language, req.url);
    void reply.headers({
      "content-security-policy": consolePolicy,
      "x-frame-options": "DENY",
      "cache-control": "no-store",
    });
    return reply
      .code(401)
      .header("vary", "accept-language, cookie")
      .type("text/html; charset=utf-8")
      .send(text);
  };
  app.get("/", page);
  const pages = built ? (JSON.parse(readFileSync(`${consoleDist}pages.json`, "utf8")) as string[]) : [];
  for (const name of pages) {
    const serve = entrances.has(name) ? page : behindSignIn;
    app.get(`/${name}`, serve);
    app.get(`/${name}/*`, serve);
  }
}
