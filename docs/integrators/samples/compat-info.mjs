// What became of a payout. Not signed.
const { OKNO_URL, OKNO_LOGIN, OKNO_SECRET, OKNO_PAYOFF } = process.env;

const response = await fetch(`${OKNO_URL}/compat/crystalpay/v2/payoff/info/`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ auth_login: OKNO_LOGIN, auth_secret: OKNO_SECRET, id: OKNO_PAYOFF }),
});
const answer = await response.json();
if (answer.error) throw new Error(answer.errors[0]);
console.log(JSON.stringify(answer));
