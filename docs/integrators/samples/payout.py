# Quote, create, confirm. Each key makes its call safe to repeat: use one a payout and step.
import json, os, uuid
from urllib.request import Request, urlopen

order = uuid.uuid4().hex


def post(path, key, body):
    request = Request(
        os.environ["OKNO_URL"] + path,
        data=json.dumps(body).encode(),
        headers={
            "Authorization": "Bearer " + os.environ["OKNO_KEY"],
            "Content-Type": "application/json",
            "Idempotency-Key": f'"{key}"',
        },
    )
    return json.load(urlopen(request))


terms = {
    "desk": os.environ["OKNO_DESK"],
    "method": "SBP",
    "amount": "1000",
    "subtractFrom": "balance",
}
quote = post("/v1/payouts/quotes", order + "-quote", terms)
payout = post(
    "/v1/payouts",
    order + "-create",
    {**terms, "quote": quote["id"], "destination": "+79000000000"},
)
confirmed = post(
    f"/v1/payouts/{payout['id']}/confirm",
    order + "-confirm",
    {"version": payout["version"]},
)
print(json.dumps(confirmed))
