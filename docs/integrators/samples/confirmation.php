<?php
// Open a ticket and ask its customer to confirm, by a page of their own.
function post(string $path, array $body): array
{
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => [
            'Authorization: Bearer ' . getenv('OKNO_KEY'),
            'Content-Type: application/json',
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

$ticket = post('/v1/tickets', [
    'subject' => 'Order 4021',
    'body' => 'Two teapots, 3,980 roubles',
    'contact' => ['name' => 'Anna', 'email' => 'anna@example.com'],
]);
$asked = post("/v1/tickets/{$ticket['id']}/confirmations", [
    'method' => 'link',
    'delivery' => 'handed',
    'purpose' => 'order',
    'text' => 'Two teapots, 3,980 roubles, by courier on Friday. Is that right?',
]);
echo json_encode($asked);
