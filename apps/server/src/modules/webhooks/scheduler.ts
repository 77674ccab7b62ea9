import { setTimeout as pause } from "node:timers/promises";
import { type Batcher, createBatcher } from "../../platform/batcher.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database.ts";
import type { Log } from "../../platform/log.ts";
import type { Metrics } from "../../platform/metrics.ts";
import type { Outgoing } from "../../platform/outgoing/client.ts";
import { attemptDelivery } from "./attempt.ts";
import { type Budget, createBudget, type Slot } from "./budget.ts";
import { type Claimed, claimDue, releaseClaim, unstickQueue } from "./claim.ts";
import { disableGone, noteFailure } from "./health.ts";
import { isSuccess, type Outcome, recordEnd, recordRetry, recordSuccesses, type Success } from "./record.ts";
import { nextAttempt } from "./schedule.ts";
import { openWebhookSecrets } from "./secrets.ts";
import type { Webhooks } from "./webhooks.ts";

/** How soon work of another process, or of a time that has come, is seen. */
const pollMs = 500;
/** Calls that end together are followed by one claim. */
const coalesceMs = 8;
const unstickMs = 60_000;
/** How long calls under way may go on when the process stops. */
const partingMs = 3_000;

export type DeliveryDeps = {
  db: Database;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  outgoing: Outgoing;
  webhooks: Webhooks;
  random?: () => number;
};

export type Deliveries = {
  /** All that is due at this moment has been attempted, by this process. For tests. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

const gone: Omit<Outcome, "at"> = { durationMs: 0, status: null, error: null, response: "", waitMs: 0 };

type Running = DeliveryDeps & { successes: Batcher<Success, void>; stopping: AbortSignal };

function gatherSuccesses({ db, clock }: DeliveryDeps): Batcher<Success, void> {
  return createBatcher({
    maxSize: 64,
    // One at a time: two at once would take the rows of the same endpoints in two orders.
    maxParallel: 1,
    async run(successes) {
      await recordSuccesses(db.background, successes, clock.now());
      return successes.map(() => undefined);
    },
  });
}

/** Writes down what came of an attempt: the delivery's part and the endpoint's in one transaction. */
async function record(
  { db, clock, random = Math.random, successes }: Running,
  claim: Claimed,
  outcome: Outcome,
): Promise<void> {
  if (isSuccess(outcome)) return successes.add({ claim, outcome });
  const { workspace_id: workspaceId, webhook_id: webhookId, attempts } = claim;
  await db.background.transaction(async (tx) => {
    if (outcome.status === 410) {
      await recordEnd(tx, claim, outcome, webhookId === null ? "failed" : "dropped");
      return webhookId === null ? undefined : disableGone(tx, clock, workspaceId, webhookId);
    }
    const next = nextAttempt(attempts, { now: clock.now(), waitMs: outcome.waitMs, random });
    if (next) await recordRetry(tx, claim, outcome, next);
    else await recordEnd(tx, claim, outcome, "failed");
    if (webhookId !== null) await noteFailure(tx, clock, { workspaceId, webhookId, outcome });
  });
}

async function deliver(deps: Running, claim: Claimed, slot: Slot): Promise<void> {
  const { clock, log, metrics, webhooks, stopping } = deps;
  let ok = false;
  try {
    const { body, url, headers, webhook_id: webhookId } = claim;
    if (body === null || url === null)
      return await recordEnd(deps.db.background, claim, { ...gone, at: clock.now() }, "dropped");
    const secrets = webhookId
      ? openWebhookSecrets(webhooks.sealer, claim.workspace_id, webhookId, claim.secrets ?? [])
      : [];
    const attempt = { deliveryId: claim.delivery_id, url, body, headers, secrets };
    const outcome = await attemptDelivery(deps, attempt, stopping);
    // What was cut off by our own stopping says nothing of the receiver.
    if (stopping.aborted && outcome.status === null) return await releaseClaim(deps.db.background, claim);
    ok = isSuccess(outcome);
    await record(deps, claim, outcome);
    metrics.webhooks.inc({ outcome: ok ? "succeeded" : "failed" });
  } catch (error) {
    // The lease stands: it is sent again when that ends.
    log.warn({ err: error, delivery: claim.delivery_id }, "what came of a webhook could not be written down");
  } finally {
    if (ok) slot.succeeded();
    else slot.failed();
  }
}

/** Sends what is due, of all workspaces. Any number of processes may do it: leases keep them apart. */
export function startDeliveries(deps: DeliveryDeps, budget: Budget = createBudget()): Deliveries {
  const { db, clock, log, webhooks } = deps;
  const stopping = new AbortController();
  const running: Running = { ...deps, successes: gatherSuccesses(deps), stopping: stopping.signal };
  const underWay = new Set<Promise<void>>();
  let stopped = false;
  let awake = true;
  let wake: (() => void) | undefined;
  let unstuckAt = 0;
  let ended = 0;

  const rouse = () => {
    awake = true;
    wake?.();
  };
  const hush = webhooks.listen(rouse);

  function start(claim: Claimed): void {
    const one = deliver(running, claim, budget.take(claim.target)).finally(() => {
      underWay.delete(one);
      ended += 1;
      rouse();
    });
    underWay.add(one);
  }

  /** One at a time, so that whoever waits for the end of all knows what the round before has begun. */
  let last: Promise<unknown> = Promise.resolve();
  function round(): Promise<number> {
    const next = last.then(claimAndStart, claimAndStart);
    last = next;
    return next;
  }

  async function claimAndStart(): Promise<number> {
    const claims = await claimDue(db.background, budget.allowance(), clock.now());
    for (const claim of claims) start(claim);
    if (performance.now() - unstuckAt > unstickMs) {
      unstuckAt = performance.now();
      await unstickQueue(db.background, clock.now());
    }
    return claims.length;
  }

  function sleep(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function tryRound(): Promise<void> {
    try {
      await round();
    } catch (error) {
      if (!stopped) log.warn({ err: error }, "webhooks cannot be claimed; trying again");
    }
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      awake = false;
      await tryRound();
      if (!stopped && !awake) await sleep();
      if (!stopped) await pause(coalesceMs);
    }
  }

  const looping = loop();
  return {
    async settled() {
      for (;;) {
        await Promise.all(underWay);
        const before = ended;
        // One that ended while the round looked may have let the next of its ticket go.
        if ((await round()) === 0 && underWay.size === 0 && ended === before) return;
      }
    },
    async stop() {
      stopped = true;
      hush();
      wake?.();
      await looping;
      await Promise.race([Promise.all(underWay), pause(partingMs, undefined, { ref: false })]);
      stopping.abort();
      await Promise.all(underWay);
    },
  };
}
