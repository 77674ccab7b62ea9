import type { ChannelAnswer } from "@okno/kit";

/** Where an invoice's payer is sent. There is nothing to do: a sandbox invoice is paid by itself, so the page shows nothing of it. */
export const payPage: ChannelAnswer = {
  html: `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>Проверочный счёт</title>
</head>
<body>
<main>
<h1>Проверочный счёт</h1>
<p>Платить не нужно: счёт оплатится сам, а касса пополнится.</p>
<section lang="en">
<h2>Sandbox invoice</h2>
<p>Nothing to pay: the invoice pays itself and funds the desk.</p>
</section>
</main>
</body>
</html>
`,
  headers: { "content-security-policy": "default-src 'none'; frame-ancestors 'none'" },
};
