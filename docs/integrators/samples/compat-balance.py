# What the desk may spend, by method.
import json, os
from urllib.request import Request, urlopen

body = {
    "auth_login": os.environ["OKNO_LOGIN"],
    "auth_secret": os.environ["OKNO_SECRET"],
    "hide_empty": True,
}
request = Request(
    os.environ["OKNO_URL"] + "/compat/crystalpay/v2/balance/info/",
    data=json.dumps(body).encode(),
    headers={"Content-Type": "application/json"},
)
answer = json.load(urlopen(request))
if answer["error"]:
    raise SystemExit(answer["errors"][0])
print(json.dumps(answer))
