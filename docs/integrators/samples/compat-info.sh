# What became of a payout. Not signed.
curl -sS "$OKNO_URL/compat/crystalpay/v2/payoff/info/" \
  -H 'Content-Type: application/json' \
  -d "{\"auth_login\": \"$OKNO_LOGIN\", \"auth_secret\": \"$OKNO_SECRET\", \"id\": \"$OKNO_PAYOFF\"}"
