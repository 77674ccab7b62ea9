import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compared, type Figure, percentile } from "../lib/figure.ts";
import { fillTickets } from "../lib/fill.ts";
import { asked, fillSearch } from "../lib/fill-search.ts";
import { adminKey, type BenchServer, startServer } from "../lib/server.ts";

const tickets = 200_000;
const rounds = 5;
const asksARound = 60;
const cache = fileURLToPath(new URL("../.cache/search", import.meta.url));

async function timeOf(server: BenchServer, path: string): Promise<number> {
  const started = performance.now();
  const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${adminKey}` } });
  const { data } = (await answer.json()) as { data: unknown[] };
  const took = performance.now() - started;
  if (answer.status !== 200 || data.length === 0)
    throw new Error(`${path} was answered with ${answer.status} and nothing`);
  return took;
}

const inbox = () => "/v1/tickets?phase=open&sort=activity";
const search = (words: readonly string[]) => (turn: number) =>
  `/v1/search?q=${encodeURIComponent(words[turn % words.length] ?? "")}`;

const kinds = {
  "rare word": search(asked.rare),
  "common word": search(asked.common),
  "word in one message of a hundred": search(asked.middling),
  phone: search(asked.phones),
  "two words, one of them common": search(asked.rare.map((word) => `заказ ${word}`)),
};

/** Search among 200,000 tickets with a million messages, beside the first page of the inbox over the same data. */
export const searchAmongMessages: Figure = {
  name: "search",
  async run(say) {
    if (!existsSync(cache)) say("preparing 200,000 tickets with a million messages; this happens once");
    mkdirSync(cache, { recursive: true });
    const server = await startServer(cache);
    try {
      await fillTickets(server.postgres, tickets, say);
      await fillSearch(server.postgres, tickets, say);
      const paths: [string, (turn: number) => string][] = [["inbox", inbox], ...Object.entries(kinds)];
      const times = new Map(paths.map(([name]) => [name, [] as number[]]));
      let turn = 0;
      // The first round warms what a day's work has warmed long since.
      for (let round = 0; round <= rounds; round++) {
        for (let ask = 0; ask < asksARound; ask++) {
          for (const [name, path] of paths) {
            const took = await timeOf(server, path(turn));
            if (round > 0) times.get(name)?.push(took);
          }
          turn++;
        }
        if (round > 0) say(`round ${round} of ${rounds}`);
      }
      const first = percentile(times.get("inbox") ?? [], 0.95);
      return Object.keys(kinds).map((name) =>
        compared(`search: ${name}, p95`, "ms", [percentile(times.get(name) ?? [], 0.95), first], {
          atMost: 5,
        }),
      );
    } finally {
      await server.stop();
    }
  },
};
