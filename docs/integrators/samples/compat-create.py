# Create a payout. Signed: amount:method:wallet:salt, as SHA-1 in lower-case hex.
import hashlib, json, os
from urllib.request import Request, urlopen

amount, method, wallet = "1000", "SBP", "+79000000000"
signed = ":".join([amount, method, wallet, os.environ["OKNO_SALT"]])

body = {
    "auth_login": os.environ["OKNO_LOGIN"],
    "auth_secret": os.environ["OKNO_SECRET"],
    "signature": hashlib.sha1(signed.encode()).hexdigest(),
    "amount": amount,
    "method": method,
    "wallet": wallet,
    "subtract_from": "balance",
    "callback_url": os.environ.get("OKNO_CALLBACK_URL", ""),
    "extra": "order 4021",
}
request = Request(
    os.environ["OKNO_URL"] + "/compat/crystalpay/v2/payoff/create/",
    data=json.dumps(body).encode(),
    headers={"Content-Type": "application/json"},
)
answer = json.load(urlopen(request))
if answer["error"]:
    raise SystemExit(answer["errors"][0])
print(json.dumps(answer))
