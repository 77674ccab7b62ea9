import { get, type IncomingMessage } from "node:http";

export type Arrivals = { onEvent(listener: (data: string, at: number) => void): void; close(): void };

type Listener = (data: string, at: number) => void;

function openOne(url: string, headers: Record<string, string>, hear: Listener): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const hearLines = (chunk: string) => {
      const at = performance.now();
      for (const line of chunk.split("\n")) if (line.startsWith("data: ")) hear(line.slice(6), at);
    };
    get(url, { headers, agent: false }, (res) => {
      res.setEncoding("utf8").once("data", () => resolve(res));
      res.on("data", hearLines).on("error", () => undefined);
    }).once("error", reject);
  });
}

/** Opens `count` event streams from this process; resolves when all have their first bytes. */
export async function openStreams(
  url: string,
  headers: Record<string, string>,
  count: number,
): Promise<Arrivals> {
  const listeners: Listener[] = [];
  const hear: Listener = (data, at) => listeners.forEach((listener) => void listener(data, at));
  const open = await Promise.all(Array.from({ length: count }, () => openOne(url, headers, hear)));
  return {
    onEvent: (listener) => listeners.push(listener),
    close: () => open.forEach((res) => void res.destroy()),
  };
}
