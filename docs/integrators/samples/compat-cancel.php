<?php
// Take back a payout that is not submitted yet. Signed: id:salt.
$payoff = getenv('OKNO_PAYOFF');

$body = [
    'auth_login' => getenv('OKNO_LOGIN'),
    'auth_secret' => getenv('OKNO_SECRET'),
    'signature' => sha1($payoff . ':' . getenv('OKNO_SALT')),
    'id' => $payoff,
];
$context = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => 'Content-Type: application/json',
    'content' => json_encode($body),
]]);
$url = getenv('OKNO_URL') . '/compat/crystalpay/v2/payoff/cancel/';
$answer = json_decode(file_get_contents($url, false, $context), true);
if ($answer['error']) {
    throw new RuntimeException($answer['errors'][0]);
}
echo json_encode($answer);
