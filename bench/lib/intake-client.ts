// A process of its own: 32 keep-alive clients that open tickets as fast as they are answered. Prints one JSON line.
import autocannon from "autocannon";

const [url = "", key = "", clientsText = "32", msText = "4000"] = process.argv.slice(2);
const text = "Здравствуйте! Заказ оплачен, но до сих пор не приехал. ".repeat(4);
let sent = 0;

function ticket(): string {
  sent += 1;
  return JSON.stringify({
    subject: `Где мой заказ №${sent}`,
    body: text,
    contact: { name: "Анна Ковалёва", email: `client-${process.pid}-${sent}@example.com` },
  });
}

const result = await autocannon({
  url,
  connections: Number(clientsText),
  duration: Number(msText) / 1000,
  requests: [
    {
      method: "POST",
      path: "/v1/tickets",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      setupRequest: (request) => ({ ...request, body: ticket() }),
    },
  ],
});
const failed = result.non2xx + result.errors + result.timeouts;
process.stdout.write(`${JSON.stringify({ rate: result["2xx"] / (Number(msText) / 1000), failed })}\n`);
process.exit(0);
