import pg from "pg";
import { compared, type Figure, median } from "../lib/figure.ts";
import { withPair } from "../lib/pair.ts";
import { adminKey, type BenchServer } from "../lib/server.ts";

const rounds = 7;
const views = 50;
const headers = { authorization: `Bearer ${adminKey}`, "content-type": "application/json" };

async function call<T>({ url }: BenchServer, method: string, path: string, body?: unknown): Promise<T> {
  const res = await fetch(`${url}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!res.ok) throw new Error(`${method} ${path}: ${res.status} ${await res.text()}`);
  return (res.status === 204 ? undefined : await res.json()) as T;
}

const hoursOf = (n: number) => 1 + n * 7;
const priorityOf = (n: number) => (n % 2 === 0 ? "normal" : "low");

function conditionOf(n: number) {
  return {
    all: [
      { field: "phase", op: "is", value: ["open"] },
      { field: "priority", op: "atLeast", value: priorityOf(n) },
      { field: "created", op: "longerAgo", value: { amount: hoursOf(n), unit: "hours" } },
    ],
  };
}

// What a person would write for each of them: the same condition, capped alike, by the index that leads with project and phase.
const byHand = `select count(*) from (select 1 from tickets where workspace_id = $1 and project_id = $2 and phase = 'open'
  and priority >= $3 and created_at < $4 limit 1001) x`;

async function handTime(client: pg.Client, place: { workspace: string; project: string }): Promise<number> {
  const started = performance.now();
  for (let n = 0; n < views; n++)
    await client.query({
      name: "by hand",
      text: byHand,
      values: [
        place.workspace,
        place.project,
        priorityOf(n) === "normal" ? 2 : 1,
        new Date(Date.now() - hoursOf(n) * 3_600_000),
      ],
    });
  return performance.now() - started;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return performance.now() - started;
}

type Times = { counted: number[]; hand: number[]; kept: number[]; reads: number[] };

async function measure(server: BenchServer, client: pg.Client, say: (text: string) => void): Promise<Times> {
  const { rows } = await client.query<{ workspace: string; project: string }>(
    "select workspace_id as workspace, id as project from projects order by created_at limit 1",
  );
  const place = rows[0];
  if (!place) throw new Error("there is no project");
  await client.query("set role okno_app");
  await client.query("select set_config('okno.workspace', $1, false)", [place.workspace]);
  const made: string[] = [];
  for (let n = 0; n < views; n++) {
    const body = { name: `View ${n}`, shared: true, condition: conditionOf(n) };
    made.push((await call<{ id: string }>(server, "POST", "/v1/views", body)).id);
  }
  const { data } = await call<{ data: { id: string }[] }>(server, "GET", "/v1/tickets?limit=5");
  const times: Times = { counted: [], hand: [], kept: [], reads: [] };
  try {
    for (let round = 0; round < rounds; round++) {
      // Another version of a view is counted anew.
      for (const id of made)
        await call(server, "PATCH", `/v1/views/${id}`, { sort: round % 2 ? "newest" : "activity" });
      times.counted.push(await timed(() => call(server, "GET", "/v1/views/counts")));
      times.kept.push(await timed(() => call(server, "GET", "/v1/views/counts")));
      times.hand.push(await handTime(client, place));
      times.reads.push(
        await timed(async () => {
          for (const { id } of data) await call(server, "GET", `/v1/tickets/${id}`);
        }),
      );
      say(
        `round ${round + 1}: ${times.counted.at(-1)?.toFixed(0)} ms, by hand ${times.hand.at(-1)?.toFixed(0)} ms`,
      );
    }
  } finally {
    for (const id of made) await call(server, "DELETE", `/v1/views/${id}`);
  }
  return times;
}

/** The numbers beside fifty saved views. */
export const viewCounts: Figure = {
  name: "view-counts",
  run: (say) =>
    withPair(say, async (_, large) => {
      const client = new pg.Client(large.postgres);
      await client.connect();
      try {
        const { counted, hand, kept, reads } = await measure(large, client, say);
        return [
          compared(
            "counts of 50 views at 1,000,000 tickets / the same written by hand",
            "ms",
            [median(counted), median(hand)],
            { atMost: 1.5 },
          ),
          compared("the same counts, kept / five reads of one ticket", "ms", [median(kept), median(reads)], {
            atMost: 1,
          }),
        ];
      } finally {
        await client.end();
      }
    }),
};
