<?php
// Takes webhooks. To try it: php -S 127.0.0.1:9000 webhook-verify.php
function isGenuine(string $body): bool
{
    $sent = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '0';
    if (abs(time() - (int) $sent) > 300) {
        return false;
    }
    $secret = base64_decode(preg_replace('/^whsec_/', '', getenv('OKNO_WEBHOOK_SECRET')));
    $signed = ($_SERVER['HTTP_WEBHOOK_ID'] ?? '') . ".$sent.$body";
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', $signed, $secret, true));
    // During a rotation there are two signatures. One is enough.
    foreach (explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $given) {
        if (hash_equals($expected, $given)) {
            return true;
        }
    }
    return false;
}

$body = file_get_contents('php://input');
if (!isGenuine($body)) {
    http_response_code(401);
    exit;
}
// The same id may come twice: remember it, and do the work once.
error_log($_SERVER['HTTP_WEBHOOK_ID'] . ' ' . json_decode($body, true)['type']);
http_response_code(204);
