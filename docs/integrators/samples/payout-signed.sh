# A signed call: RFC 9421 with HMAC-SHA256. OKNO_SIGNING_SECRET is the secret in base64.
body="{\"desk\":\"$OKNO_DESK\",\"method\":\"SBP\",\"amount\":\"1000\",\"subtractFrom\":\"balance\",\"destination\":\"+79000000000\"}"
key="\"$(openssl rand -hex 16)\""
url="$OKNO_URL/v1/payouts"
digest="sha-256=:$(printf '%s' "$body" | openssl dgst -sha256 -binary | openssl base64 -A):"
covered='("@method" "@target-uri" "content-digest" "idempotency-key")'
params="$covered;created=$(date +%s);nonce=\"$(openssl rand -hex 16)\""

base=$(printf '"@method": POST\n"@target-uri": %s\n"content-digest": %s\n"idempotency-key": %s\n"@signature-params": %s' \
  "$url" "$digest" "$key" "$params")
secret=$(printf '%s' "$OKNO_SIGNING_SECRET" | openssl base64 -d -A | od -An -tx1 | tr -d ' \n')
signature=$(printf '%s' "$base" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$secret" -binary | openssl base64 -A)

curl -sS --fail-with-body "$url" -d "$body" \
  -H "Authorization: Bearer $OKNO_KEY" -H 'Content-Type: application/json' \
  -H "Idempotency-Key: $key" -H "Content-Digest: $digest" \
  -H "Signature-Input: sig1=$params" -H "Signature: sig1=:$signature:"
