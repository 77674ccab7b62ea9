import type { Api } from "./api.ts";
import { ApiError } from "./api.ts";

export type LiveEvent = { event: string; data: unknown };

/** Longer than two heartbeats: the line is dead, whatever the browser thinks. */
const silenceMs = 40_000;
const firstPauseMs = 500;
const longestPauseMs = 20_000;

/** Reads one stream of server-sent events to its end. Not EventSource: that cannot carry the visitor's token in a header. */
async function readStream(
  body: ReadableStream<Uint8Array>,
  heard: (event: LiveEvent | undefined) => void,
): Promise<void> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
    .getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard(undefined);
    text += value;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      const event = /^event: (.+)$/mu.exec(block)?.[1];
      const data = /^data: (.+)$/mu.exec(block)?.[1];
      if (event && data) heard({ event, data: JSON.parse(data) });
    }
  }
}

export type Live = { restart(): void; stop(): void };

/** Keeps one stream open: reads, and opens it again after any end, sooner when the network says it is back. */
export function startLive(
  api: Api,
  told: { event(event: LiveEvent): void; connected(is: boolean): void; refused(error: ApiError): void },
): Live {
  let stopped = false;
  let current: AbortController | undefined;
  let hurry: (() => void) | undefined;
  let pauseMs = firstPauseMs;

  async function once(): Promise<void> {
    const controller = new AbortController();
    current = controller;
    let silence = setTimeout(() => controller.abort(), silenceMs);
    try {
      const res = await api.stream(controller.signal);
      told.connected(true);
      pauseMs = firstPauseMs;
      if (!res.body) return;
      await readStream(res.body, (event) => {
        clearTimeout(silence);
        silence = setTimeout(() => controller.abort(), silenceMs);
        if (event) told.event(event);
      });
    } finally {
      clearTimeout(silence);
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await once();
      } catch (error) {
        if (error instanceof ApiError && !error.passing) {
          told.refused(error);
          return;
        }
      }
      if (stopped) return;
      told.connected(false);
      // Spread out, so that a restarted server does not meet everybody at once.
      const wait = pauseMs * (0.5 + Math.random());
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      await new Promise<void>((resolve) => {
        hurry = resolve;
        setTimeout(resolve, wait);
      });
    }
  }

  const online = () => hurry?.();
  addEventListener("online", online);
  void run();
  return {
    restart() {
      pauseMs = firstPauseMs;
      current?.abort();
      hurry?.();
    },
    stop() {
      stopped = true;
      removeEventListener("online", online);
      current?.abort();
      hurry?.();
    },
  };
}
