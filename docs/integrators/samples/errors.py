# What is refused says why: the code for programs, every wrong field by its pointer.
import json, os, uuid
from urllib.error import HTTPError
from urllib.request import Request, urlopen

body = {"desk": os.environ["OKNO_DESK"], "method": "SBP", "amount": -5, "subtractFrom": "nobody"}
request = Request(
    os.environ["OKNO_URL"] + "/v1/payouts/quotes",
    data=json.dumps(body).encode(),
    headers={
        "Authorization": "Bearer " + os.environ["OKNO_KEY"],
        "Content-Type": "application/json",
        "Idempotency-Key": f'"{uuid.uuid4()}"',
    },
)
try:
    urlopen(request)
except HTTPError as refused:
    problem = json.load(refused)
    print(refused.status, problem["code"])
    for error in problem["errors"]:
        print(error["pointer"], error["message"])
