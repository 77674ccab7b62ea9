import type { WebhookError } from "@okno/contract";
import { toPublicId } from "@okno/contract";
import { type OutgoingAnswer, OutgoingFailed, OutgoingRefused } from "@okno/kit";
import { webhookHeaders } from "@okno/signing";
import type { Clock } from "../../platform/clock.ts";
import type { Outgoing } from "../../platform/outgoing/client.ts";
import type { Outcome } from "./record.ts";
import { retryAfterMs } from "./schedule.ts";

const timeoutMs = 20_000;
const shownLetters = 1_000;
/** Answers by which a receiver asks for patience, and how long it gets when it does not say. */
const throttling = new Set([429, 502, 504]);
const throttleMs = 60_000;

export type AttemptDeps = { clock: Clock; outgoing: Outgoing };

export type Attempt = {
  deliveryId: string;
  url: string;
  body: string;
  headers: Readonly<Record<string, string>> | null;
  /** Open, the newest first; none for call-backs, which are signed in their own way before they come here. */
  secrets: readonly string[];
};

/** A text that JSON in the database takes: no NUL, no half of a pair. */
function shown(text: string): string {
  return text.slice(0, shownLetters).toWellFormed().replaceAll("\0", "\ufffd");
}

function headersOf({ deliveryId, body, headers, secrets }: Attempt, now: Date): Record<string, string> {
  const id = toPublicId("webhookDelivery", deliveryId);
  const timestamp = Math.floor(now.getTime() / 1000);
  return {
    "content-type": "application/json",
    ...headers,
    ...(secrets.length > 0 && webhookHeaders(secrets, { id, timestamp, body })),
  };
}

function answered({ status, headers, body }: OutgoingAnswer, now: Date) {
  const asked = retryAfterMs(headers["retry-after"], now);
  const waitMs = status >= 200 && status <= 299 ? 0 : asked || (throttling.has(status) ? throttleMs : 0);
  return { status, error: null, response: shown(body), waitMs };
}

/** @throws what is no failure of the call. */
function failed(error: unknown) {
  if (!(error instanceof OutgoingFailed || error instanceof OutgoingRefused)) throw error;
  return { status: null, error: error.why satisfies WebhookError, response: "", waitMs: 0 };
}

/** Sends one delivery once. A receiver may see it twice, under the same id. */
export async function attemptDelivery(
  { clock, outgoing }: AttemptDeps,
  attempt: Attempt,
  signal?: AbortSignal,
): Promise<Outcome> {
  const at = clock.now();
  const started = performance.now();
  const call = {
    method: "POST",
    headers: headersOf(attempt, at),
    body: attempt.body,
    timeoutMs,
  } as const;
  const result = await outgoing.callAgain(attempt.url, call, signal).then(
    (answer) => answered(answer, clock.now()),
    (error: unknown) => failed(error),
  );
  return { at, durationMs: Math.round(performance.now() - started), ...result };
}
