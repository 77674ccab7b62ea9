# Take back a payout that is not submitted yet. Signed: id:salt.
import hashlib, json, os
from urllib.request import Request, urlopen

payoff = os.environ["OKNO_PAYOFF"]
signed = payoff + ":" + os.environ["OKNO_SALT"]

body = {
    "auth_login": os.environ["OKNO_LOGIN"],
    "auth_secret": os.environ["OKNO_SECRET"],
    "signature": hashlib.sha1(signed.encode()).hexdigest(),
    "id": payoff,
}
request = Request(
    os.environ["OKNO_URL"] + "/compat/crystalpay/v2/payoff/cancel/",
    data=json.dumps(body).encode(),
    headers={"Content-Type": "application/json"},
)
answer = json.load(urlopen(request))
if answer["error"]:
    raise SystemExit(answer["errors"][0])
print(json.dumps(answer))
