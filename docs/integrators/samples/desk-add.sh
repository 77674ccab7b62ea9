# Add a sandbox desk. Login, secret and salt are in this answer and never again.
curl -sS --fail-with-body "$OKNO_URL/v1/payout-desks" \
  -H "Authorization: Bearer $OKNO_ADMIN_KEY" -H 'Content-Type: application/json' \
  -d '{"name": "Trial", "mode": "sandbox"}'
