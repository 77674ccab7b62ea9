import type { Page } from "playwright-core";
import { build } from "vite";

/** Puts a React of its own with one empty state change into the page. */
export async function addEmptyChange(page: Page): Promise<void> {
  const output = await build({
    configFile: false,
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      lib: { entry: new URL("./empty-change.tsx", import.meta.url).pathname, formats: ["es"] },
    },
  });
  const [first] = Array.isArray(output) ? output : [output];
  if (!first || !("output" in first)) throw new Error("nothing was built");
  await page.addScriptTag({ content: first.output[0].code, type: "module" });
  await page.locator("#empty-change").waitFor();
}

type Watch = { selector: string; attribute: string | null };

/** From the key's own time stamp to the frame after which the change stands on the screen, in ms. */
export async function pressAndPaint(page: Page, key: string, watch: Watch): Promise<number> {
  const painted = page.evaluate(
    ({ selector, attribute }) =>
      new Promise<number>((resolve) => {
        const read = () => {
          const element = document.querySelector(selector);
          return attribute === null ? element?.textContent : element?.getAttribute(attribute);
        };
        const before = read();
        let pressed = 0;
        window.addEventListener(
          "keydown",
          (event) => {
            pressed = event.timeStamp;
          },
          { capture: true, once: true },
        );
        const done = () => {
          if (pressed === 0 || read() === before) return;
          observer.disconnect();
          requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = () => resolve(performance.now() - pressed);
            after.port2.postMessage(null);
          });
        };
        const observer = new MutationObserver(done);
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
        (window as { armed?: boolean }).armed = true;
      }),
    watch,
  );
  await page.waitForFunction(() => (window as { armed?: boolean }).armed);
  await page.keyboard.press(key);
  const took = await painted;
  await page.evaluate(() => {
    (window as { armed?: boolean }).armed = false;
  });
  return took;
}

/** Hears of every task on the main thread that takes more than 50 ms. */
export async function hearLongTasks(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const heard: number[] = [];
    (window as { longTasks?: number[] }).longTasks = heard;
    new PerformanceObserver((list) =>
      heard.push(...list.getEntries().map((entry) => entry.duration)),
    ).observe({
      type: "longtask",
    });
  });
  return () => page.evaluate(() => (window as { longTasks?: number[] }).longTasks ?? []);
}
