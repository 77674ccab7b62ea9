// The founding interface's client in JavaScript, with nothing but what Node brings: funds its sandbox desk by an invoice, then sends
// money. An amount is signed as this language writes the number, and sent as its JSON library does.
import { createHash } from "node:crypto";

const [base, login, secret, salt, version] = process.argv.slice(2);

const sign = (...parts) =>
  createHash("sha1")
    .update([...parts, salt].join(":"))
    .digest("hex");

async function call(method, fields = {}) {
  const response = await fetch(`${base}/compat/crystalpay/${version}/${method}/`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ auth_login: login, auth_secret: secret, ...fields }),
  });
  const answer = await response.json();
  if (answer.error) throw new Error(answer.errors.join("\n"));
  return answer;
}

async function until(method, id, states) {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await call(method, { id });
    if (states.includes(answer.state)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${method} ${id} takes too long`);
}

async function pay(amount) {
  const method = "ETHEREUM";
  const wallet = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
  const signature = sign(amount, method, wallet);
  const { id } = await call("payoff/create", { signature, amount, method, wallet, subtract_from: "balance" });
  await call("payoff/submit", { id, signature: sign(id) });
  return until("payoff/info", id, ["payed", "failed"]);
}

const invoice = await call("invoice/create", {
  amount: 300000,
  type: "topup",
  lifetime: 15,
  required_method: "ETHEREUM",
});
await until("invoice/info", invoice.id, ["payed"]);

const amounts = [1e-7, 1.0, 0.1 + 0.2];
const paid = [];
for (const amount of amounts) paid.push(await pay(amount));
process.stdout.write(
  JSON.stringify({ spellings: amounts.map(String), states: paid.map(({ state }) => state) }),
);
