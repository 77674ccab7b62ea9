# A signed call: RFC 9421 with HMAC-SHA256. OKNO_SIGNING_SECRET is the secret in base64.
import base64, hashlib, hmac, json, os, secrets, time
from urllib.request import Request, urlopen

url = os.environ["OKNO_URL"] + "/v1/payouts"
body = json.dumps({
    "desk": os.environ["OKNO_DESK"],
    "method": "SBP",
    "amount": "1000",
    "subtractFrom": "balance",
    "destination": "+79000000000",
}).encode()
key = f'"{secrets.token_hex(16)}"'
digest = "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"
covered = '("@method" "@target-uri" "content-digest" "idempotency-key")'
params = f'{covered};created={int(time.time())};nonce="{secrets.token_hex(16)}"'

base = "\n".join([
    '"@method": POST',
    f'"@target-uri": {url}',
    f'"content-digest": {digest}',
    f'"idempotency-key": {key}',
    f'"@signature-params": {params}',
])
secret = base64.b64decode(os.environ["OKNO_SIGNING_SECRET"])
signature = base64.b64encode(hmac.digest(secret, base.encode(), "sha256")).decode()

request = Request(url, data=body, headers={
    "Authorization": "Bearer " + os.environ["OKNO_KEY"],
    "Content-Type": "application/json",
    "Idempotency-Key": key,
    "Content-Digest": digest,
    "Signature-Input": f"sig1={params}",
    "Signature": f"sig1=:{signature}:",
})
print(urlopen(request).read().decode())
