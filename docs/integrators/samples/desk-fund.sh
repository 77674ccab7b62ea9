# Put money on it. In a sandbox it costs nothing.
curl -sS --fail-with-body "$OKNO_URL/v1/payout-desks/$OKNO_DESK/fund" \
  -H "Authorization: Bearer $OKNO_ADMIN_KEY" -H 'Content-Type: application/json' \
  -H "Idempotency-Key: \"$(openssl rand -hex 16)\"" \
  -d '{"method": "SBP", "amount": "100000"}'
