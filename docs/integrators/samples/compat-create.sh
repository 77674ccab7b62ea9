# Create a payout. Signed: amount:method:wallet:salt, as SHA-1 in lower-case hex.
amount=1000 method=SBP wallet=+79000000000
signature=$(printf '%s' "$amount:$method:$wallet:$OKNO_SALT" | openssl sha1 -r | cut -d' ' -f1)

curl -sS "$OKNO_URL/compat/crystalpay/v2/payoff/create/" \
  -H 'Content-Type: application/json' \
  -d @- <<JSON
{
  "auth_login": "$OKNO_LOGIN",
  "auth_secret": "$OKNO_SECRET",
  "signature": "$signature",
  "amount": "$amount",
  "method": "$method",
  "wallet": "$wallet",
  "subtract_from": "balance",
  "callback_url": "$OKNO_CALLBACK_URL",
  "extra": "order 4021"
}
JSON
