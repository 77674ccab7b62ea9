import { frameOf, learnPresence, nothingKnown } from "../presence/known.ts";
import { LiveConnection } from "./connection.ts";
import type { LiveCommand, LiveMessage } from "./protocol.ts";

// Runs as a SharedWorker: one stream for all tabs of this browser, because browsers allow six connections an origin.

const ports = new Set<MessagePort>();
let session: string | undefined;
/** For tabs that come later: the stream says everything only when it begins. */
let presence = nothingKnown;

function send(message: LiveMessage): void {
  if (message.kind === "presence") presence = learnPresence(presence, message.frame);
  for (const port of ports) port.postMessage(message);
}

const connection = new LiveConnection({ send });

function join(port: MessagePort, whose: string): void {
  if (session !== undefined && session !== whose) {
    connection.stop();
    presence = nothingKnown;
  }
  session = whose;
  ports.add(port);
  connection.start();
  port.postMessage({ kind: "line", up: connection.up } satisfies LiveMessage);
  // What the tab fetched before it joined may be older than what the stream has already told the others.
  port.postMessage({ kind: "resync" } satisfies LiveMessage);
  if (connection.up) port.postMessage({ kind: "presence", frame: frameOf(presence) } satisfies LiveMessage);
}

function leave(port: MessagePort): void {
  ports.delete(port);
  if (ports.size === 0) connection.stop();
}

self.addEventListener("connect", (event) => {
  const [port] = (event as MessageEvent).ports;
  if (!port) return;
  port.addEventListener("message", ({ data }: MessageEvent<LiveCommand>) => {
    if (data.kind === "join") join(port, data.session);
    else if (data.kind === "leave") leave(port);
    else connection.wake();
  });
  port.start();
});
