# Open a ticket and ask its customer to confirm, by a page of their own.
post() {
  curl -sS --fail-with-body "$OKNO_URL$1" -d "$2" \
    -H "Authorization: Bearer $OKNO_KEY" -H 'Content-Type: application/json'
}

ticket=$(post /v1/tickets '{
  "subject": "Order 4021", "body": "Two teapots, 3,980 roubles",
  "contact": {"name": "Anna", "email": "anna@example.com"}
}') || exit 1
id=$(printf '%s' "$ticket" | sed -n 's/^{"id":"\([^"]*\)".*/\1/p')

post "/v1/tickets/$id/confirmations" '{
  "method": "link", "delivery": "handed", "purpose": "order",
  "text": "Two teapots, 3,980 roubles, by courier on Friday. Is that right?"
}'
