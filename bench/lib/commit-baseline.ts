import pg from "pg";
import type { BenchServer } from "./server.ts";

const body = "Здравствуйте! Заказ №15 оплачен, но до сих пор не приехал. ".repeat(4);

/** One row a transaction from `connections` connections of this process, for a while. @returns commits a second. */
export async function commitRate(
  postgres: BenchServer["postgres"],
  connections: number,
  ms: number,
): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client(postgres);
      await client.connect();
      return client;
    }),
  );
  await clients[0]?.query(
    "create table if not exists bench_rows (id bigint generated always as identity primary key, body text not null)",
  );
  let commits = 0;
  const end = performance.now() + ms;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < end) {
        await client.query({
          name: "bench",
          text: "insert into bench_rows (body) values ($1)",
          values: [body],
        });
        commits += 1;
      }
    }),
  );
  await clients[0]?.query("truncate bench_rows");
  await Promise.all(clients.map((client) => client.end()));
  return commits / (ms / 1000);
}
