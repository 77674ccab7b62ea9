import type { FastifyInstance } from "fastify";

const lookMs = 50;
/** How long calls that were begun may take to finish. */
const graceMs = 10_000;

/** Stops listening and lets begun calls finish; connections that only wait for a next call are ended as soon as they do. */
export async function closeGently(http: FastifyInstance): Promise<void> {
  const started = performance.now();
  const look = setInterval(() => {
    if (performance.now() - started > graceMs) http.server.closeAllConnections();
    else http.server.closeIdleConnections();
  }, lookMs);
  try {
    await http.close();
  } finally {
    clearInterval(look);
  }
}
