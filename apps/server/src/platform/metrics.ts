import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = {
  registry: Registry;
  httpDuration: Histogram<"route" | "method" | "status">;
  journalEvents: Counter;
  journalLag: Gauge;
  streams: Gauge;
  jobs: Counter<"name" | "outcome">;
  webhooks: Counter<"outcome">;
  poolWaiting: Gauge<"pool">;
  countDrift: Gauge;
};

/** What Prometheus may ask for. Labels are names of routes and jobs, never ids of people. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "okno_" });
  const registers = [registry];
  return {
    registry,
    httpDuration: new Histogram({
      name: "okno_http_request_duration_seconds",
      help: "Time to answer, by route",
      labelNames: ["route", "method", "status"],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    journalEvents: new Counter({
      name: "okno_journal_events_total",
      help: "Events given their place in the journal",
      registers,
    }),
    journalLag: new Gauge({
      name: "okno_journal_unsequenced",
      help: "Events committed and not yet sequenced",
      registers,
    }),
    streams: new Gauge({ name: "okno_streams", help: "Open event streams", registers }),
    jobs: new Counter({
      name: "okno_jobs_total",
      help: "Jobs run, by outcome",
      labelNames: ["name", "outcome"],
      registers,
    }),
    webhooks: new Counter({
      name: "okno_webhook_attempts_total",
      help: "Attempts to deliver webhooks and call-backs, by outcome",
      labelNames: ["outcome"],
      registers,
    }),
    poolWaiting: new Gauge({
      name: "okno_database_waiting",
      help: "Calls waiting for a connection",
      labelNames: ["pool"],
      registers,
    }),
    countDrift: new Gauge({
      name: "okno_count_drift",
      help: "Tickets by which the counters of the inbox were found to differ at the last verification",
      registers,
    }),
  };
}
