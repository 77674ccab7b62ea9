// Create a payout. Signed: amount:method:wallet:salt, as SHA-1 in lower-case hex.
import { createHash } from "node:crypto";

const { OKNO_URL, OKNO_LOGIN, OKNO_SECRET, OKNO_SALT, OKNO_CALLBACK_URL = "" } = process.env;
const [amount, method, wallet] = ["1000", "SBP", "+79000000000"];
const signed = [amount, method, wallet, OKNO_SALT].join(":");

const response = await fetch(`${OKNO_URL}/compat/crystalpay/v2/payoff/create/`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({
    auth_login: OKNO_LOGIN,
    auth_secret: OKNO_SECRET,
    signature: createHash("sha1").update(signed).digest("hex"),
    amount,
    method,
    wallet,
    subtract_from: "balance",
    callback_url: OKNO_CALLBACK_URL,
    extra: "order 4021",
  }),
});
const answer = await response.json();
if (answer.error) throw new Error(answer.errors[0]);
console.log(JSON.stringify(answer));
