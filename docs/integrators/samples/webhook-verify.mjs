// Takes webhooks on port 9000.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";

const { OKNO_WEBHOOK_SECRET, PORT = "9000" } = process.env;
const secret = Buffer.from(OKNO_WEBHOOK_SECRET.replace(/^whsec_/, ""), "base64");

function isGenuine(headers, body) {
  const sent = headers["webhook-timestamp"];
  if (!(Math.abs(Date.now() / 1000 - Number(sent)) <= 300)) return false;
  const hmac = createHmac("sha256", secret).update(`${headers["webhook-id"]}.${sent}.`).update(body);
  const expected = Buffer.from(`v1,${hmac.digest("base64")}`);
  // During a rotation there are two signatures. One is enough.
  return String(headers["webhook-signature"])
    .split(" ")
    .map((one) => Buffer.from(one))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

createServer(async (req, res) => {
  const body = await buffer(req);
  if (!isGenuine(req.headers, body)) return res.writeHead(401).end();
  // The same id may come twice: remember it, and do the work once.
  console.log(req.headers["webhook-id"], JSON.parse(body).type);
  res.writeHead(204).end();
}).listen(Number(PORT), "127.0.0.1");
