import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchChromium } from "@okno/testkit";
import type { Page } from "playwright-core";
import { fillTickets } from "./fill.ts";
import { signInOwner } from "./person.ts";
import { type BenchServer, startServer } from "./server.ts";

/** A fresh server with so many tickets, and the console open in a real browser, signed in. */
export async function withConsole<T>(
  tickets: number,
  say: (text: string) => void,
  run: (page: Page, server: BenchServer) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), "okno-bench-"));
  const server = await startServer(dataDir);
  try {
    await fillTickets(server.postgres, tickets, say);
    const browser = await launchChromium();
    try {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        locale: "ru-RU",
        bypassCSP: true,
      });
      const cookie = await signInOwner(server);
      await context.addCookies([{ ...cookie, url: server.url }]);
      const page = await context.newPage();
      return await run(page, server);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
