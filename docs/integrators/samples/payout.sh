# Quote, create, confirm. Each key makes its call safe to repeat: use one a payout and step.
order=$(openssl rand -hex 8)
post() {
  curl -sS --fail-with-body "$OKNO_URL$1" -d "$3" \
    -H "Authorization: Bearer $OKNO_KEY" -H 'Content-Type: application/json' -H "Idempotency-Key: \"$2\""
}
field() { sed -n "s/^{\"id\":\"\([^\"]*\)\".*\"version\":\([0-9]*\).*/\\$1/p"; }

terms='"method": "SBP", "amount": "1000", "subtractFrom": "balance"'
quote=$(post /v1/payouts/quotes "$order-quote" "{\"desk\": \"$OKNO_DESK\", $terms}") || exit 1
quote=$(printf '%s' "$quote" | sed -n 's/^{"id":"\([^"]*\)".*/\1/p')

payout=$(post /v1/payouts "$order-create" \
  "{\"desk\": \"$OKNO_DESK\", $terms, \"quote\": \"$quote\", \"destination\": \"+79000000000\"}") || exit 1
id=$(printf '%s' "$payout" | field 1) version=$(printf '%s' "$payout" | field 2)

post "/v1/payouts/$id/confirm" "$order-confirm" "{\"version\": $version}"
