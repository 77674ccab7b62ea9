// Quote, create, confirm. Each key makes its call safe to repeat: use one a payout and step.
import { randomUUID } from "node:crypto";

const { OKNO_URL, OKNO_KEY, OKNO_DESK } = process.env;
const order = randomUUID();

async function post(path, key, body) {
  const response = await fetch(OKNO_URL + path, {
    method: "POST",
    headers: {
      authorization: `Bearer ${OKNO_KEY}`,
      "content-type": "application/json",
      "idempotency-key": `"${key}"`,
    },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.code}: ${answer.title}`);
  return answer;
}

const terms = { desk: OKNO_DESK, method: "SBP", amount: "1000", subtractFrom: "balance" };
const quote = await post("/v1/payouts/quotes", `${order}-quote`, terms);
const payout = await post("/v1/payouts", `${order}-create`, {
  ...terms,
  quote: quote.id,
  destination: "+79000000000",
});
const confirmed = await post(`/v1/payouts/${payout.id}/confirm`, `${order}-confirm`, {
  version: payout.version,
});
console.log(JSON.stringify(confirmed));
