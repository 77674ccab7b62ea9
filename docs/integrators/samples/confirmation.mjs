// Open a ticket and ask its customer to confirm, by a page of their own.
const { OKNO_URL, OKNO_KEY } = process.env;

async function post(path, body) {
  const response = await fetch(OKNO_URL + path, {
    method: "POST",
    headers: { authorization: `Bearer ${OKNO_KEY}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.code}: ${answer.title}`);
  return answer;
}

const ticket = await post("/v1/tickets", {
  subject: "Order 4021",
  body: "Two teapots, 3,980 roubles",
  contact: { name: "Anna", email: "anna@example.com" },
});
const asked = await post(`/v1/tickets/${ticket.id}/confirmations`, {
  method: "link",
  delivery: "handed",
  purpose: "order",
  text: "Two teapots, 3,980 roubles, by courier on Friday. Is that right?",
});
console.log(JSON.stringify(asked));
