import type { FastifyInstance } from "fastify";
import { type Database, statement } from "../../platform/database.ts";
import type { Metrics } from "../../platform/metrics.ts";

const ping = statement(
  "operations.ping",
  "select (select count(*) from (select 1 from outbox limit 10001) o)::int as unsequenced",
);
const probeMs = 2_000;

/**
 * `GET /healthz`: the process is alive. `GET /readyz`: it can serve, that is, the database answers; 503 otherwise, also while it is
 * stopping, so that a balancer looks elsewhere first. `GET /metrics`: for Prometheus.
 */
export function registerHealth(
  app: FastifyInstance,
  deps: { db: Database; metrics: Metrics; stopping(): boolean },
): void {
  const { db, metrics } = deps;

  async function ready(): Promise<boolean> {
    if (deps.stopping()) return false;
    const late = new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error("late")), probeMs).unref(),
    );
    const rows = await Promise.race([db.system.query<{ unsequenced: number }>(ping), late]).catch(
      () => undefined,
    );
    if (rows) metrics.journalLag.set(rows[0]?.unsequenced ?? 0);
    return rows !== undefined;
  }

  app.get("/healthz", async () => ({ status: "alive" }));
  app.get("/readyz", async (_req, reply) => {
    const answer = await ready();
    return reply
      .code(answer ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ status: answer ? "ready" : "unavailable" });
  });
  app.get("/metrics", async (_req, reply) => {
    await ready();
    for (const [pool, stats] of Object.entries(db.stats())) metrics.poolWaiting.set({ pool }, stats.waiting);
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
