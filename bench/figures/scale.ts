import { compared, type Figure, median, percentile } from "../lib/figure.ts";
import { intakeRate } from "../lib/intake.ts";
import { withPair } from "../lib/pair.ts";
import { adminKey, type BenchServer } from "../lib/server.ts";

const intakeRounds = 5;
const pageRounds = 5;
const pagesARound = 100;

/** What a million tickets cost at the door. */
export const intakeAtScale: Figure = {
  name: "intake-at-scale",
  run: (say) =>
    withPair(say, async (small, large) => {
      const rates: { small: number[]; large: number[] } = { small: [], large: [] };
      for (const server of [small, large]) await intakeRate(server, 32, 1_000);
      for (let round = 1; round <= intakeRounds; round++) {
        rates.small.push(await intakeRate(small, 32, 3_000));
        rates.large.push(await intakeRate(large, 32, 3_000));
        say(
          `round ${round}: ${rates.large.at(-1)?.toFixed(0)}/s at a million, ${rates.small.at(-1)?.toFixed(0)}/s at a thousand`,
        );
      }
      return [
        compared(
          "durable intake at 1,000,000 tickets / at 1,000",
          "1/s",
          [median(rates.large), median(rates.small)],
          { atLeast: 0.8 },
        ),
      ];
    }),
};

async function pageTimes(server: BenchServer): Promise<number[]> {
  const times: number[] = [];
  const headers = { authorization: `Bearer ${adminKey}` };
  for (let n = 0; n < pagesARound; n++) {
    const started = performance.now();
    const res = await fetch(`${server.url}/v1/tickets?phase=open&sort=activity&limit=50`, { headers });
    await res.arrayBuffer();
    times.push(performance.now() - started);
  }
  return times;
}

/** The first page of the open inbox. */
export const inboxPage: Figure = {
  name: "inbox-page",
  run: (say) =>
    withPair(say, async (small, large) => {
      const times: { small: number[]; large: number[] } = { small: [], large: [] };
      for (const server of [small, large]) await pageTimes(server);
      for (let round = 1; round <= pageRounds; round++) {
        times.small.push(percentile(await pageTimes(small), 0.5));
        times.large.push(percentile(await pageTimes(large), 0.5));
      }
      return [
        compared(
          "first page of the open inbox at 1,000,000 / at 1,000, p50",
          "ms",
          [median(times.large), median(times.small)],
          { atMost: 1.5 },
        ),
      ];
    }),
};
