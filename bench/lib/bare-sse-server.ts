// The comparison: one NOTIFY → this process → every connected socket, with nothing in between. Prints its port.
import { createServer, type ServerResponse } from "node:http";
import pg from "pg";

const [host = "", database = ""] = process.argv.slice(2);
const sockets = new Set<ServerResponse>();
const client = new pg.Client({ host, port: 5432, user: "okno", database });
await client.connect();
await client.query("listen bench");
client.on("notification", ({ payload }) => {
  for (const socket of sockets) socket.write(`data: ${payload}\n\n`);
});
const server = createServer((_req, res) => {
  res.writeHead(200, { "content-type": "text/event-stream" });
  res.write(": hello\n\n");
  sockets.add(res);
  res.once("close", () => sockets.delete(res));
}).listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`${typeof address === "object" && address ? address.port : 0}\n`);
});
process.once("SIGTERM", () => process.exit(0));
