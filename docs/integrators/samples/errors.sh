# What is refused says why: the code for programs, every wrong field by its pointer.
curl -sS "$OKNO_URL/v1/payouts/quotes" \
  -H "Authorization: Bearer $OKNO_KEY" -H 'Content-Type: application/json' \
  -H "Idempotency-Key: \"$(openssl rand -hex 16)\"" \
  -d "{\"desk\": \"$OKNO_DESK\", \"method\": \"SBP\", \"amount\": -5, \"subtractFrom\": \"nobody\"}"
