<?php
// The founding interface's client in PHP, with nothing but what PHP brings: funds its sandbox desk by an invoice, then sends money. An
// amount is signed as this language writes the number, and sent as its JSON library does.
declare(strict_types=1);

[, $base, $login, $secret, $salt, $version] = $argv;

function sign(mixed ...$parts): string
{
    global $salt;
    return sha1(implode(':', [...array_map('strval', $parts), $salt]));
}

function call(string $method, array $fields = []): array
{
    global $base, $login, $secret, $version;
    $body = json_encode(['auth_login' => $login, 'auth_secret' => $secret] + $fields, JSON_THROW_ON_ERROR);
    $options = ['method' => 'POST', 'header' => "Content-Type: application/json\r\n", 'content' => $body];
    $text = file_get_contents("$base/compat/crystalpay/$version/$method/", false, stream_context_create(['http' => $options]));
    $answer = json_decode((string) $text, true, 32, JSON_THROW_ON_ERROR);
    if ($answer['error']) {
        throw new RuntimeException(implode("\n", $answer['errors']));
    }
    return $answer;
}

function until(string $method, string $id, array $states): array
{
    for ($tries = 0; $tries < 200; $tries++) {
        $answer = call($method, ['id' => $id]);
        if (in_array($answer['state'], $states, true)) {
            return $answer;
        }
        usleep(50_000);
    }
    throw new RuntimeException("$method $id takes too long");
}

function pay(float $amount): array
{
    $method = 'ETHEREUM';
    $wallet = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
    ['id' => $id] = call('payoff/create', [
        'signature' => sign($amount, $method, $wallet),
        'amount' => $amount,
        'method' => $method,
        'wallet' => $wallet,
        'subtract_from' => 'balance',
    ]);
    call('payoff/submit', ['id' => $id, 'signature' => sign($id)]);
    return until('payoff/info', $id, ['payed', 'failed']);
}

$invoice = call('invoice/create', ['amount' => 300000, 'type' => 'topup', 'lifetime' => 15, 'required_method' => 'ETHEREUM']);
until('invoice/info', $invoice['id'], ['payed']);

$amounts = [1e-7, 1.0, 0.1 + 0.2];
$paid = array_map('pay', $amounts);
echo json_encode(['spellings' => array_map('strval', $amounts), 'states' => array_column($paid, 'state')]), "\n";
