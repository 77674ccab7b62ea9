// What the desk may spend, by method.
const { OKNO_URL, OKNO_LOGIN, OKNO_SECRET } = process.env;

const response = await fetch(`${OKNO_URL}/compat/crystalpay/v2/balance/info/`, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ auth_login: OKNO_LOGIN, auth_secret: OKNO_SECRET, hide_empty: true }),
});
const answer = await response.json();
if (answer.error) throw new Error(answer.errors[0]);
console.log(JSON.stringify(answer));
