<?php
// What is refused says why: the code for programs, every wrong field by its pointer.
$context = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => [
        'Authorization: Bearer ' . getenv('OKNO_KEY'),
        'Content-Type: application/json',
        'Idempotency-Key: "' . bin2hex(random_bytes(16)) . '"',
    ],
    'content' => json_encode([
        'desk' => getenv('OKNO_DESK'),
        'method' => 'SBP',
        'amount' => -5,
        'subtractFrom' => 'nobody',
    ]),
    'ignore_errors' => true,
]]);
$url = getenv('OKNO_URL') . '/v1/payouts/quotes';
$problem = json_decode(file_get_contents($url, false, $context), true);
echo $problem['status'], ' ', $problem['code'], "\n";
foreach ($problem['errors'] as $error) {
    echo $error['pointer'], ' ', $error['message'], "\n";
}
