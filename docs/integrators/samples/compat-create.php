<?php
// Create a payout. Signed: amount:method:wallet:salt, as SHA-1 in lower-case hex.
[$amount, $method, $wallet] = ['1000', 'SBP', '+79000000000'];
$signature = sha1(implode(':', [$amount, $method, $wallet, getenv('OKNO_SALT')]));

$body = [
    'auth_login' => getenv('OKNO_LOGIN'),
    'auth_secret' => getenv('OKNO_SECRET'),
    'signature' => $signature,
    'amount' => $amount,
    'method' => $method,
    'wallet' => $wallet,
    'subtract_from' => 'balance',
    'callback_url' => getenv('OKNO_CALLBACK_URL') ?: '',
    'extra' => 'order 4021',
];
$context = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => 'Content-Type: application/json',
    'content' => json_encode($body),
]]);
$url = getenv('OKNO_URL') . '/compat/crystalpay/v2/payoff/create/';
$answer = json_decode(file_get_contents($url, false, $context), true);
if ($answer['error']) {
    throw new RuntimeException($answer['errors'][0]);
}
echo json_encode($answer);
