// Receivers of webhooks in a process of their own: `node receivers.ts DEAD`. One answers at once and counts, so many others take the
// connection and never answer. Prints the ports, the living one first; `GET /stats` there tells how many it has heard, and when.
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

const dead = Number(process.argv[2] ?? 0);
let count = 0;
let first = 0;
let last = 0;

const listen = (listener: RequestListener) =>
  new Promise<number>((resolve) => {
    const server = createServer({ keepAliveTimeout: 60_000 }, listener).listen(0, "127.0.0.1", 1024, () =>
      resolve((server.address() as AddressInfo).port),
    );
  });

const living = await listen((req, res) => {
  if (req.method === "GET") {
    res.end(JSON.stringify({ count, first, last }));
    count = req.url === "/reset" ? 0 : count;
    return;
  }
  req.resume();
  req.on("end", () => {
    last = performance.now();
    if (count === 0) first = last;
    count += 1;
    res.end();
  });
});
const others = await Promise.all(Array.from({ length: dead }, () => listen((req) => void req.resume())));
console.log(JSON.stringify([living, ...others]));
