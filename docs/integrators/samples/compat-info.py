# What became of a payout. Not signed.
import json, os
from urllib.request import Request, urlopen

body = {
    "auth_login": os.environ["OKNO_LOGIN"],
    "auth_secret": os.environ["OKNO_SECRET"],
    "id": os.environ["OKNO_PAYOFF"],
}
request = Request(
    os.environ["OKNO_URL"] + "/compat/crystalpay/v2/payoff/info/",
    data=json.dumps(body).encode(),
    headers={"Content-Type": "application/json"},
)
answer = json.load(urlopen(request))
if answer["error"]:
    raise SystemExit(answer["errors"][0])
print(json.dumps(answer))
