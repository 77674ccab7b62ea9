// Take back a payout that is not submitted yet. Signed: id:salt.
import { createHash } from "node:crypto";

const { OKNO_URL, OKNO_LOGIN, OKNO_SECRET, OKNO_SALT, OKNO_PAYOFF } = process.env;

const response = await fetch(`${OKNO_URL}/compat/crystalpay/v2/payoff/cancel/`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({
    auth_login: OKNO_LOGIN,
    auth_secret: OKNO_SECRET,
    signature: createHash("sha1").update(`${OKNO_PAYOFF}:${OKNO_SALT}`).digest("hex"),
    id: OKNO_PAYOFF,
  }),
});
const answer = await response.json();
if (answer.error) throw new Error(answer.errors[0]);
console.log(JSON.stringify(answer));
