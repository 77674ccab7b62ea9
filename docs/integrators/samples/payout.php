<?php
// Quote, create, confirm. Each key makes its call safe to repeat: use one a payout and step.
$order = bin2hex(random_bytes(8));

function post(string $path, string $key, array $body): array
{
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => [
            'Authorization: Bearer ' . getenv('OKNO_KEY'),
            'Content-Type: application/json',
            "Idempotency-Key: \"$key\"",
        ],
        'content' => json_encode($body),
        'ignore_errors' => true,
    ]]);
    $answer = json_decode(file_get_contents(getenv('OKNO_URL') . $path, false, $context), true);
    if (isset($answer['code'], $answer['title'])) {
        throw new RuntimeException($answer['code'] . ': ' . $answer['title']);
    }
    return $answer;
}

$terms = [
    'desk' => getenv('OKNO_DESK'),
    'method' => 'SBP',
    'amount' => '1000',
    'subtractFrom' => 'balance',
];
$quote = post('/v1/payouts/quotes', "$order-quote", $terms);
$payout = post('/v1/payouts', "$order-create", $terms + [
    'quote' => $quote['id'],
    'destination' => '+79000000000',
]);
$confirmed = post("/v1/payouts/{$payout['id']}/confirm", "$order-confirm", [
    'version' => $payout['version'],
]);
echo json_encode($confirmed);
