# Confirm a payout, once, while it is created. Signed: id:salt.
signature=$(printf '%s' "$OKNO_PAYOFF:$OKNO_SALT" | openssl sha1 -r | cut -d' ' -f1)

curl -sS "$OKNO_URL/compat/crystalpay/v2/payoff/submit/" \
  -H 'Content-Type: application/json' \
  -d @- <<JSON
{
  "auth_login": "$OKNO_LOGIN",
  "auth_secret": "$OKNO_SECRET",
  "signature": "$signature",
  "id": "$OKNO_PAYOFF"
}
JSON
