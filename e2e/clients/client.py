# The founding interface's client in Python, with nothing but what Python brings: funds its sandbox desk by an invoice, then sends
# money. An amount is signed as this language writes the number, and sent as its JSON library does.
import hashlib
import json
import sys
import time
import urllib.request

base, login, secret, salt, version = sys.argv[1:6]


def sign(*parts):
    return hashlib.sha1(":".join([*map(str, parts), salt]).encode()).hexdigest()


def call(path, /, **fields):
    body = json.dumps({"auth_login": login, "auth_secret": secret, **fields}).encode()
    request = urllib.request.Request(
        f"{base}/compat/crystalpay/{version}/{path}/", data=body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)
    if answer["error"]:
        raise RuntimeError("\n".join(answer["errors"]))
    return answer


def until(method, id, states):
    for _ in range(200):
        answer = call(method, id=id)
        if answer["state"] in states:
            return answer
        time.sleep(0.05)
    raise RuntimeError(f"{method} {id} takes too long")


def pay(amount):
    method, wallet = "ETHEREUM", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
    created = call(
        "payoff/create",
        signature=sign(amount, method, wallet),
        amount=amount,
        method=method,
        wallet=wallet,
        subtract_from="balance",
    )
    call("payoff/submit", id=created["id"], signature=sign(created["id"]))
    return until("payoff/info", created["id"], ["payed", "failed"])


invoice = call("invoice/create", amount=300000, type="topup", lifetime=15, required_method="ETHEREUM")
until("invoice/info", invoice["id"], ["payed"])

amounts = [1e-7, 1.0, 0.1 + 0.2]
paid = [pay(amount) for amount in amounts]
print(json.dumps({"spellings": [str(amount) for amount in amounts], "states": [each["state"] for each in paid]}))
