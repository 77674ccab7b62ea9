# Take back a payout that is not submitted yet. Signed: id:salt.
signature=$(printf '%s' "$OKNO_PAYOFF:$OKNO_SALT" | openssl sha1 -r | cut -d' ' -f1)

curl -sS "$OKNO_URL/compat/crystalpay/v2/payoff/cancel/" \
  -H 'Content-Type: application/json' \
  -d @- <<JSON
{
  "auth_login": "$OKNO_LOGIN",
  "auth_secret": "$OKNO_SECRET",
  "signature": "$signature",
  "id": "$OKNO_PAYOFF"
}
JSON
