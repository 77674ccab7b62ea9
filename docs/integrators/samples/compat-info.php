<?php
// What became of a payout. Not signed.
$body = [
    'auth_login' => getenv('OKNO_LOGIN'),
    'auth_secret' => getenv('OKNO_SECRET'),
    'id' => getenv('OKNO_PAYOFF'),
];
$context = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => 'Content-Type: application/json',
    'content' => json_encode($body),
]]);
$url = getenv('OKNO_URL') . '/compat/crystalpay/v2/payoff/info/';
$answer = json_decode(file_get_contents($url, false, $context), true);
if ($answer['error']) {
    throw new RuntimeException($answer['errors'][0]);
}
echo json_encode($answer);
