import { withConsole } from "../lib/console-page.ts";
import { compared, type Figure, limited, percentile } from "../lib/figure.ts";
import { addEmptyChange, hearLongTasks, pressAndPaint } from "../lib/in-page.ts";
import { adminKey } from "../lib/server.ts";

const listed = 100_000;
const presses = 60;
const warmUp = 10;
/** As fast as a hurried person presses a key. */
const betweenMs = 150;
const loadedPages = 20;

/** Walking a list of a hundred thousand. */
export const keyToPaint: Figure = {
  name: "key-to-paint",
  run: (say) =>
    withConsole(listed, say, async (page, server) => {
      await page.goto(`${server.url}/inbox/all`);
      await page.getByTestId("ticket-row").first().waitFor();
      for (let n = 0; n < loadedPages; n++) {
        await page.getByTestId("inbox-list").evaluate((list) => {
          const scroller = [list, ...list.querySelectorAll("*")].find(
            (each) => each.scrollHeight > each.clientHeight + 100,
          );
          scroller?.scrollTo({ top: scroller.scrollHeight });
        });
        await page.waitForTimeout(betweenMs);
      }
      await page.reload();
      await page.getByTestId("ticket-row").first().waitFor();
      await addEmptyChange(page);
      const next = { selector: "[data-testid=ticket-view]", attribute: "aria-label" };
      const empty = { selector: "#empty-change", attribute: null };
      const times: { next: number[]; empty: number[] } = { next: [], empty: [] };
      await page.keyboard.press("j");
      await page.getByTestId("composer").waitFor();
      for (let n = 0; n < presses + warmUp; n++) {
        await page.locator("#empty-change").focus();
        times.empty.push(await pressAndPaint(page, "Enter", empty));
        await page.locator("#empty-change").evaluate((button: HTMLElement) => button.blur());
        await page.waitForTimeout(betweenMs);
        times.next.push(await pressAndPaint(page, "j", next));
        await page.waitForTimeout(betweenMs);
      }
      const settled = (all: number[]) => percentile(all.slice(warmUp), 0.95);
      return [
        compared(
          "key press → next ticket painted, p95, list of 100,000 / an empty React change",
          "ms",
          [settled(times.next), settled(times.empty)],
          { atMost: 5 },
        ),
      ];
    }),
};

const perSecond = 50;
const seconds = 60;
const longTaskMs = 50;

/** A minute of fifty new tickets a second, seen by somebody who reads the list. */
export const busyMinute: Figure = {
  name: "busy-minute",
  run: (say) =>
    withConsole(2_000, say, async (page, server) => {
      const headers = { authorization: `Bearer ${adminKey}`, "content-type": "application/json" };
      await page.goto(`${server.url}/inbox/unassigned`);
      await page.getByTestId("ticket-row").first().waitFor();
      await page.keyboard.press("j");
      await page.getByTestId("composer").waitFor();
      await page.waitForTimeout(3_000);
      const longTasks = await hearLongTasks(page);
      const started = performance.now();
      let refused = 0;
      for (let n = 0; n < perSecond * seconds; n++) {
        const due = started + (n * 1000) / perSecond - performance.now();
        if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
        const contact = { email: `busy-${n}@example.com` };
        const body = JSON.stringify({ subject: `Заказ ${n}`, body: "Где он?", contact });
        void fetch(`${server.url}/v1/tickets`, { method: "POST", headers, body })
          .then((res) => res.arrayBuffer())
          .catch(() => refused++);
      }
      await page.waitForTimeout(2_000);
      const tasks = await longTasks();
      const longest = Math.max(0, ...tasks);
      say(`${tasks.length} tasks above ${longTaskMs} ms; ${refused} calls failed`);
      return [
        limited(
          "50 events a second for a minute: longest task (0: none above 50 ms)",
          "ms",
          longest,
          longTaskMs,
        ),
      ];
    }),
};
