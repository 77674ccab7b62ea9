# Open a ticket and ask its customer to confirm, by a page of their own.
import json, os
from urllib.request import Request, urlopen


def post(path, body):
    request = Request(
        os.environ["OKNO_URL"] + path,
        data=json.dumps(body).encode(),
        headers={
            "Authorization": "Bearer " + os.environ["OKNO_KEY"],
            "Content-Type": "application/json",
        },
    )
    return json.load(urlopen(request))


ticket = post("/v1/tickets", {
    "subject": "Order 4021",
    "body": "Two teapots, 3,980 roubles",
    "contact": {"name": "Anna", "email": "anna@example.com"},
})
asked = post(f"/v1/tickets/{ticket['id']}/confirmations", {
    "method": "link",
    "delivery": "handed",
    "purpose": "order",
    "text": "Two teapots, 3,980 roubles, by courier on Friday. Is that right?",
})
print(json.dumps(asked))
