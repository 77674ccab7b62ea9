import type { StreamEvent } from "@okno/contract";

export type StreamReader = {
  /** Everything received so far, in order. */
  events: StreamEvent[];
  /** What has no place in the journal, such as `presence` and `notification`, by its name. */
  frames: { event: string; data: unknown }[];
  /** Resolves with the first event, past or future, that passes. */
  until(test: (event: StreamEvent) => boolean): Promise<StreamEvent>;
  /** Where a new stream would go on. */
  cursor(): string;
  /** Resolves when the server has ended the stream. */
  ended: Promise<void>;
  close(): void;
};

type Credentials = { key?: string; cookie?: string; after?: string };

/** Opens `GET /v1/stream` as a browser would, and waits for the greeting. */
export async function openStream(url: string, { key, cookie, after }: Credentials): Promise<StreamReader> {
  const stop = new AbortController();
  const headers = {
    ...(key && { authorization: `Bearer ${key}` }),
    ...(cookie && { cookie }),
    ...(after && { "last-event-id": after }),
  };
  const res = await fetch(`${url}/v1/stream`, { headers, signal: stop.signal });
  if (res.status !== 200 || !res.body) throw new Error(`the stream answered ${res.status}`);
  const events: StreamEvent[] = [];
  const frames: StreamReader["frames"] = [];
  const waiting = new Set<() => void>();
  let cursor = "";
  let greet: () => void;
  const greeted = new Promise<void>((resolve) => {
    greet = resolve;
  });

  function take(frame: string): void {
    const fields = new Map(
      frame.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
    );
    const data = fields.get("data");
    if (data === undefined) return;
    const event = JSON.parse(data) as StreamEvent;
    // What is forgetful has no place in the journal.
    cursor = event.cursor ?? cursor;
    if (fields.get("event") === "hello") greet();
    const name = fields.get("event");
    if (name !== undefined) {
      frames.push({ event: name, data: event });
      return;
    }
    events.push(event);
    for (const look of waiting) look();
  }

  async function read(body: ReadableStream<Uint8Array>): Promise<void> {
    let rest = "";
    for await (const chunk of body.pipeThrough(
      new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>,
    )) {
      const parts = (rest + chunk).split("\n\n");
      rest = parts.pop() ?? "";
      for (const part of parts) take(part);
    }
  }

  const ended = read(res.body).catch(() => undefined);
  await greeted;
  return {
    events,
    frames,
    cursor: () => cursor,
    ended,
    until: (test) =>
      new Promise((resolve) => {
        const look = () => {
          const found = events.find(test);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    close: () => stop.abort(),
  };
}
