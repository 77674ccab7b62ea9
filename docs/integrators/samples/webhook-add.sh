# Add an endpoint. Its secret is in this answer and never again.
curl -sS --fail-with-body "$OKNO_URL/v1/webhooks" \
  -H "Authorization: Bearer $OKNO_ADMIN_KEY" -H 'Content-Type: application/json' \
  -d "{\"project\": null, \"url\": \"$OKNO_WEBHOOK_URL\", \"events\": [\"payout.*\", \"confirmation.*\"]}"
