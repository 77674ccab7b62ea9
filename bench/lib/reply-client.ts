// A process of its own: keep-alive clients that answer tickets as fast as they are answered, each time another one. Prints one JSON line.
import autocannon from "autocannon";

const [url = "", key = "", clientsText = "16", msText = "4000", ...tickets] = process.argv.slice(2);
const text = "Здравствуйте! Заказ уже у курьера, он позвонит вам сегодня до шести. ".repeat(4);
let sent = 0;

const result = await autocannon({
  url,
  connections: Number(clientsText),
  duration: Number(msText) / 1000,
  requests: [
    {
      method: "POST",
      path: "/",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      setupRequest: (request) => {
        sent += 1;
        const path = `/v1/tickets/${tickets[sent % tickets.length]}/messages`;
        return { ...request, path, body: JSON.stringify({ body: `${text}${sent}` }) };
      },
    },
  ],
});
const failed = result.non2xx + result.errors + result.timeouts;
process.stdout.write(`${JSON.stringify({ rate: result["2xx"] / (Number(msText) / 1000), failed })}\n`);
process.exit(0);
