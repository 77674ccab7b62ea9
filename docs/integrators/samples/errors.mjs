// What is refused says why: the code for programs, every wrong field by its pointer.
import { randomUUID } from "node:crypto";

const { OKNO_URL, OKNO_KEY, OKNO_DESK } = process.env;

const response = await fetch(`${OKNO_URL}/v1/payouts/quotes`, {
  method: "POST",
  headers: {
    authorization: `Bearer ${OKNO_KEY}`,
    "content-type": "application/json",
    "idempotency-key": `"${randomUUID()}"`,
  },
  body: JSON.stringify({ desk: OKNO_DESK, method: "SBP", amount: -5, subtractFrom: "nobody" }),
});
if (!response.ok) {
  const problem = await response.json();
  console.log(response.status, problem.code);
  for (const { pointer, message } of problem.errors) console.log(pointer, message);
}
