// A process of its own: keep-alive clients that create payouts, confirm them, or do both and wait for their call-backs. Prints one JSON line.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import autocannon from "autocannon";

const [what = "", url = "", key = "", desk = "", countText = "0", file = ""] = process.argv.slice(2);
const count = Number(countText);
const clients = 32;
let sent = 0;
const created: string[] = [];
const headers = () => ({
  authorization: `Bearer ${key}`,
  "content-type": "application/json",
  "idempotency-key": `${process.pid}-${++sent}`,
});

const bodyOf = (callbackUrl?: string) =>
  JSON.stringify({
    desk,
    method: "TEST",
    amount: "1.50",
    subtractFrom: "amount",
    destination: `получатель ${sent}`,
    ...(callbackUrl && { callbackUrl }),
  });

const creating = (callbackUrl?: string): autocannon.Request => ({
  method: "POST",
  path: "/v1/payouts",
  setupRequest: (request) => ({ ...request, headers: headers(), body: bodyOf(callbackUrl) }),
  onResponse: (status, body, context) => {
    if (status !== 201) return;
    const { id } = JSON.parse(body) as { id: string };
    created.push(id);
    (context as { id?: string }).id = id;
  },
});
const confirming = (next: (context: object) => string | undefined): autocannon.Request => ({
  method: "POST",
  path: "/",
  setupRequest: (request, context) => ({
    ...request,
    path: `/v1/payouts/${next(context)}/confirm`,
    headers: headers(),
    body: "{}",
  }),
});

async function run(requests: autocannon.Request[], amount: number): Promise<{ ms: number; failed: number }> {
  const begun = performance.now();
  const result = await autocannon({ url, connections: clients, amount, requests, timeout: 30 });
  return { ms: performance.now() - begun, failed: result.non2xx + result.errors + result.timeouts };
}

/** Where the merchant is called back: done when the last payout has been told of as paid. */
async function receiver(): Promise<{ url: string; all: Promise<number>; close(): void }> {
  let paid = 0;
  const done = Promise.withResolvers<number>();
  const server = createServer((req, res) => {
    let text = "";
    req.on("data", (chunk) => {
      text += chunk;
    });
    req.on("end", () => {
      res.end("OK");
      if ((JSON.parse(text) as { state?: string }).state === "payed") paid += 1;
      if (paid === count) done.resolve(performance.now());
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/paid`,
    all: done.promise,
    close: () => server.closeAllConnections(),
  };
}

async function both(): Promise<{ ms: number; failed: number }> {
  const { url: callbackUrl, all, close } = await receiver();
  const begun = performance.now();
  const own = (context: object) => (context as { id?: string }).id;
  const { failed } = await run([creating(callbackUrl), confirming(own)], count * 2);
  if (failed > 0) return { ms: 0, failed };
  const late = new Promise<number>((resolve) => setTimeout(() => resolve(Number.NaN), 120_000));
  const ended = await Promise.race([all, late]);
  close();
  return { ms: ended - begun, failed };
}

async function confirmAll(): Promise<{ ms: number; failed: number }> {
  const ids = readFileSync(file, "utf8").trim().split("\n");
  let next = 0;
  return run([confirming(() => ids[next++])], ids.length);
}

const does = { create: () => run([creating()], count), confirm: confirmAll, both };
const done = await does[what as keyof typeof does]();
process.stdout.write(JSON.stringify({ ...done, created }), () => process.exit(0));
