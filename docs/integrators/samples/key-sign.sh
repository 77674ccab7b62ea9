# Let a key sign its calls. The secret is in this answer and never again.
curl -sS --fail-with-body -X PUT "$OKNO_URL/v1/keys/$OKNO_KEY_ID/signing" \
  -H "Authorization: Bearer $OKNO_ADMIN_KEY" -H 'Content-Type: application/json' \
  -d '{"algorithm": "hmac-sha256", "required": true}'
