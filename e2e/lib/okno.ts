import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type OknoClient } from "@okno/sdk";
import { launchChromium } from "@okno/testkit";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { adminKey, freePort, type ServerProcess, startServer } from "./server-process.ts";

export type Okno = {
  server: ServerProcess;
  browser: Browser;
  client: OknoClient;
  owner: { email: string; password: string; name: string };
  /** The default project's public id. */
  project: string;
  /** A browser profile in which the owner is signed in. */
  signedIn(options?: ContextOptions): Promise<{ context: BrowserContext; page: Page }>;
  /** Stops the server; `start` brings it back on the same port and data. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

export type ContextOptions = {
  locale?: "ru-RU" | "en-GB";
  width?: number;
  height?: number;
  theme?: "light" | "dark";
};

const owner = { email: "owner@okno.example", password: "a long enough password", name: "Анна Ковалёва" };

/** A page that reports what goes wrong on it. */
export async function newPage(
  browser: Browser,
  { locale = "ru-RU", width = 1280, height = 800, theme = "light" }: ContextOptions = {},
) {
  const context = await browser.newContext({
    locale,
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return { context, page };
}

/** The built product in a process of its own on an empty workspace, whose owner comes in by the printed one-time link. */
export async function startOkno(): Promise<Okno> {
  const dataDir = await mkdtemp(join(tmpdir(), "okno-e2e-"));
  const port = await freePort();
  let server = await startServer({ dataDir, port });
  const browser = await launchChromium();
  const client = createClient({ baseUrl: server.url, key: adminKey });
  const token = /welcome#(\S+)/u.exec(server.output())?.[1] ?? "";
  await client.session.useLink({ body: { token, ...owner, locale: "ru" } });
  const [project] = (await client.projects.list()).data;
  return {
    get server() {
      return server;
    },
    browser,
    client,
    owner,
    project: project?.id ?? "",
    async signedIn(options) {
      const { context, page } = await newPage(browser, options);
      await page.goto(`${server.url}/sign-in`);
      await page.locator('input[type="email"]').fill(owner.email);
      await page.locator('input[type="password"]').fill(owner.password);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/inbox/u);
      return { context, page };
    },
    async restart() {
      await server.stop();
      server = await startServer({ dataDir, port });
    },
    async close() {
      await browser.close();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
