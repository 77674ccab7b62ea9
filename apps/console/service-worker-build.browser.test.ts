import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { launchChromium } from "@okno/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildServiceWorker } from "./service-worker-build.ts";

const besides = ["/icon.svg"];
let version = 1;
let scripts: Record<number, string>;
/** What stands before a server that is being started again. */
let away = false;

/** A server that, as a real one, has only the files of its present version. */
const server = createServer((req, res) => {
  const { pathname } = new URL(req.url ?? "/", "http://localhost");
  const answer = (type: string, body: string) => res.writeHead(200, { "content-type": type }).end(body);
  if (away) res.writeHead(502).end("Bad Gateway");
  else if (pathname === "/sw.js") answer("text/javascript", scripts[version] ?? "");
  else if (pathname === `/assets/part-${version}.js`)
    answer("text/javascript", `export const part = ${version};`);
  else if (pathname.startsWith("/assets/")) res.writeHead(404).end();
  else if (pathname === "/docs") answer("text/html", "documentation");
  else if (besides.includes(pathname)) answer("image/svg+xml", "<svg/>");
  else answer("text/html", `<!doctype html><title>version ${version}</title>`);
});
let browser: Awaited<ReturnType<typeof launchChromium>>;
let url: string;

beforeAll(async () => {
  const built = [1, 2, 3, 4, 5].map(async (each) => {
    const files = [...besides, `/assets/part-${each}.js`];
    return [each, await buildServiceWorker({ version: `v${each}`, files })] as const;
  });
  scripts = Object.fromEntries(await Promise.all(built));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  server.close();
});

test("a new version takes over at once, an old tab keeps its own files, and pages are never older than the server", async () => {
  const context = await browser.newContext();
  const tab = await context.newPage();
  await tab.goto(`${url}/inbox/mine`);
  await tab.evaluate(async () => {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  const takeOver = async (next: number) => {
    version = next;
    await tab.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const changed = new Promise((resolve) =>
        navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
      );
      await registration.update();
      await changed;
    });
  };
  const part = (each: number) =>
    tab.evaluate(async (path) => (await fetch(path)).status, `/assets/part-${each}.js`);
  await takeOver(2);
  expect(await part(1), "the server has it no more").toBe(200);

  const other = await context.newPage();
  await other.goto(`${url}/inbox/mine`);
  expect(await other.title()).toBe("version 2");
  away = true;
  await other.goto(`${url}/inbox/unassigned/anything`);
  expect(await other.title(), "the newest kept, not the first").toBe("version 2");
  expect(await other.goto(`${url}/docs`).then((answer) => answer?.status())).toBe(502);
  away = false;

  for (const next of [3, 4]) await takeOver(next);
  expect(await part(2)).toBe(200);
  await takeOver(5);
  await expect.poll(() => part(2), { timeout: 5_000, message: "three versions are kept" }).toBe(404);
  await context.close();
});
