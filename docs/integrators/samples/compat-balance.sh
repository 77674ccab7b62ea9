# What the desk may spend, by method.
curl -sS "$OKNO_URL/compat/crystalpay/v2/balance/info/" \
  -H 'Content-Type: application/json' \
  -d "{\"auth_login\": \"$OKNO_LOGIN\", \"auth_secret\": \"$OKNO_SECRET\", \"hide_empty\": true}"
