import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

const lookMs = 50;
/** How long calls that were begun may take to finish. */
const graceMs = 10_000;

/**
 * Prepares a gentle stop: listening ends, begun calls finish, and connections that only wait for a next call are ended as soon as they
 * do. Connections that a browser opened ahead and never used are ended too; Node does not count those as idle.
 */
export function createGentleClose(http: FastifyInstance): () => Promise<void> {
  const unused = new Set<Socket>();
  http.server.on("connection", (socket) => {
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  http.server.on("request", (req) => unused.delete(req.socket));

  return async () => {
    const started = performance.now();
    const look = setInterval(() => {
      for (const socket of unused) socket.destroy();
      if (performance.now() - started > graceMs) http.server.closeAllConnections();
      else http.server.closeIdleConnections();
    }, lookMs);
    try {
      await http.close();
    } finally {
      clearInterval(look);
    }
  };
}
