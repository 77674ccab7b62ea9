import { compared, type Figure, median, percentile } from "../lib/figure.ts";
import { withPair } from "../lib/pair.ts";
import { adminKey, type BenchServer } from "../lib/server.ts";

const rounds = 5;
const opened = 40;
const messagesEach = 20;
const headers = { authorization: `Bearer ${adminKey}`, "content-type": "application/json" };

async function post(server: BenchServer, path: string, body: unknown): Promise<{ id: string }> {
  const res = await fetch(`${server.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!res.ok) throw new Error(`${path} answered ${res.status}`);
  return (await res.json()) as { id: string };
}

async function makeTickets(server: BenchServer): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < opened; n++) {
    const contact = { email: `open-${Date.now()}-${n}@example.com` };
    const { id } = await post(server, "/v1/tickets", { subject: `Заказ ${n}`, body: "Где он?", contact });
    for (let said = 1; said < messagesEach; said++)
      await post(server, `/v1/tickets/${id}/messages`, {
        body: `Сообщение ${said}. Заказ оплачен, но до сих пор не приехал.`,
        from: said % 2 === 0 ? "customer" : "us",
      });
    ids.push(id);
  }
  return ids;
}

/** What the console asks for when a ticket is opened, at once; in ms a ticket. */
async function openTimes(server: BenchServer, ids: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const id of ids) {
    const started = performance.now();
    const parts = ["", "/messages?limit=50", "/events?limit=50"];
    const answers = await Promise.all(
      parts.map((part) => fetch(`${server.url}/v1/tickets/${id}${part}`, { headers })),
    );
    await Promise.all(answers.map((answer) => answer.arrayBuffer()));
    times.push(performance.now() - started);
  }
  return times;
}

/** A ticket with twenty messages, as the console opens it. */
export const openTicket: Figure = {
  name: "open-ticket",
  run: (say) =>
    withPair(say, async (small, large) => {
      const ids = { small: await makeTickets(small), large: await makeTickets(large) };
      const times: { small: number[]; large: number[] } = { small: [], large: [] };
      for (const [server, own] of [
        [small, ids.small],
        [large, ids.large],
      ] as const)
        await openTimes(server, own);
      for (let round = 1; round <= rounds; round++) {
        times.small.push(percentile(await openTimes(small, ids.small), 0.5));
        times.large.push(percentile(await openTimes(large, ids.large), 0.5));
      }
      return [
        compared(
          "open a ticket with 20 messages at 1,000,000 / at 1,000, p50",
          "ms",
          [median(times.large), median(times.small)],
          { atMost: 1.5 },
        ),
      ];
    }),
};
