<?php
// Takes call-backs. To try it: php -S 127.0.0.1:9000 compat-callback.php
function info(string $payoff): array
{
    $body = [
        'auth_login' => getenv('OKNO_LOGIN'),
        'auth_secret' => getenv('OKNO_SECRET'),
        'id' => $payoff,
    ];
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => 'Content-Type: application/json',
        'content' => json_encode($body),
    ]]);
    $url = getenv('OKNO_URL') . '/compat/crystalpay/v2/payoff/info/';
    return json_decode(file_get_contents($url, false, $context), true);
}

$told = json_decode(file_get_contents('php://input'), true);
$expected = sha1(($told['id'] ?? '') . ':' . getenv('OKNO_SALT'));
if (!hash_equals($expected, $told['signature'] ?? '')) {
    http_response_code(401);
    exit;
}
// The signature covers the id alone. What to believe is asked for.
error_log($told['id'] . ' ' . info($told['id'])['state']);
