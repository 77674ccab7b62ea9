<?php
// A signed call: RFC 9421 with HMAC-SHA256. OKNO_SIGNING_SECRET is the secret in base64.
$url = getenv('OKNO_URL') . '/v1/payouts';
$body = json_encode([
    'desk' => getenv('OKNO_DESK'),
    'method' => 'SBP',
    'amount' => '1000',
    'subtractFrom' => 'balance',
    'destination' => '+79000000000',
]);
$key = '"' . bin2hex(random_bytes(16)) . '"';
$digest = 'sha-256=:' . base64_encode(hash('sha256', $body, true)) . ':';
$covered = '("@method" "@target-uri" "content-digest" "idempotency-key")';
$params = sprintf('%s;created=%d;nonce="%s"', $covered, time(), bin2hex(random_bytes(16)));

$base = implode("\n", [
    '"@method": POST',
    "\"@target-uri\": $url",
    "\"content-digest\": $digest",
    "\"idempotency-key\": $key",
    "\"@signature-params\": $params",
]);
$secret = base64_decode(getenv('OKNO_SIGNING_SECRET'));
$signature = base64_encode(hash_hmac('sha256', $base, $secret, true));

$context = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => [
        'Authorization: Bearer ' . getenv('OKNO_KEY'),
        'Content-Type: application/json',
        "Idempotency-Key: $key",
        "Content-Digest: $digest",
        "Signature-Input: sig1=$params",
        "Signature: sig1=:$signature:",
    ],
    'content' => $body,
    'ignore_errors' => true,
]]);
echo file_get_contents($url, false, $context);
