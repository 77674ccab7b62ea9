import type { Locale } from "./types.ts";

type Shop = {
  name: string;
  line: string;
  menu: string[];
  title: string;
  price: string;
  lead: string;
  facts: [string, string][];
  buy: string;
  question: string;
  chat: string;
  form: string;
  more: { name: string; price: string; colour: string }[];
  moreTitle: string;
  note: string;
};

const shops: Record<Locale, Shop> = {
  ru: {
    name: "Северный чай",
    line: "Чай и травы с доставкой по России",
    menu: ["Чай", "Травы", "Посуда", "Подарки"],
    title: "Иван-чай «Белая ночь»",
    price: "640 ₽",
    lead: "Кипрей, собранный в июле под Каргополем, томлённый в печи и высушенный на льне. Мягкий, медовый, без горечи даже с третьей заварки.",
    facts: [
      ["Вес", "100 г"],
      ["Заваривать", "95 °C, 6 минут"],
      ["Урожай", "2026 год"],
      ["Доставка", "1–4 дня"],
    ],
    buy: "В корзину",
    question: "Не нашли ответа?",
    chat: "Спросите в чате",
    form: "напишите нам",
    moreTitle: "К этому чаю берут",
    more: [
      { name: "Мята с Соловков", price: "380 ₽", colour: "#7fa58a" },
      { name: "Чага кусочками", price: "520 ₽", colour: "#8a6a4f" },
      { name: "Глиняная кружка", price: "1 250 ₽", colour: "#b98a6a" },
    ],
    note: "Это витрина демонстрации: купить здесь ничего нельзя, а написать можно.",
  },
  en: {
    name: "Harbour & Pine",
    line: "Knitwear and blankets, made on the coast",
    menu: ["Jumpers", "Blankets", "Socks", "Gifts"],
    title: "The Skerry throw",
    price: "£68.00",
    lead: "Undyed lambswool woven on a narrow loom, brushed once, and washed in soft water. Warm on a deck in April, light enough for a chair in July.",
    facts: [
      ["Size", "140 × 185 cm"],
      ["Care", "Wool wash, 30 °C"],
      ["Made in", "Fife, Scotland"],
      ["Delivery", "2–4 days"],
    ],
    buy: "Add to basket",
    question: "Something unclear?",
    chat: "Ask in the chat",
    form: "write to us",
    moreTitle: "Goes well with",
    more: [
      { name: "Tideline socks", price: "£14.00", colour: "#5d7f8a" },
      { name: "Pine jumper", price: "£92.00", colour: "#4f6b58" },
      { name: "Driftwood hooks", price: "£24.00", colour: "#a58a6c" },
    ],
    note: "This is a demonstration: nothing can be bought here, but you can write.",
  },
};

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const shown = (text: string) => text.replace(/[&<>"]/gu, (c) => escapes[c] ?? c);

const style = `
:root{color-scheme:light dark;--bg:#fbfaf7;--card:#fff;--ink:#1f2421;--soft:#5b655f;--line:#e5e3dc;--accent:#2f7d5b;--on:#fff}
[lang=en]{--accent:#a34a25}
@media(prefers-color-scheme:dark){:root{--bg:#15181a;--card:#1d2123;--ink:#eceeec;--soft:#a9b3ad;--line:#2e3436;--accent:#6cc39b;--on:#06201f}[lang=en]{--accent:#e59a76}}
*{box-sizing:border-box;margin:0}
body{font:16px/1.55 Georgia,"Noto Serif",serif;color:var(--ink);background:var(--bg);padding-bottom:96px}
header,main,footer{max-width:1040px;margin:0 auto;padding:0 20px}
header{display:flex;flex-wrap:wrap;gap:8px 28px;align-items:baseline;padding-block:24px;border-bottom:1px solid var(--line)}
header b{font-size:22px;letter-spacing:-.01em}
header span{color:var(--soft);font-size:14px}
nav{display:flex;gap:20px;margin-inline-start:auto;font:15px system-ui,sans-serif;color:var(--soft)}
.product{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:40px;padding-block:36px}
.art{aspect-ratio:1;border-radius:12px;overflow:hidden}
.art svg{display:block;width:100%;height:100%}
h1{font-size:32px;line-height:1.2;font-weight:600;letter-spacing:-.01em}
.price{font-size:22px;margin:10px 0 18px;font-variant-numeric:tabular-nums}
dl{display:grid;grid-template-columns:auto 1fr;gap:6px 20px;margin:22px 0;font:15px system-ui,sans-serif}
dt{color:var(--soft)}dd{margin:0}
button{font:600 16px system-ui,sans-serif;padding:13px 26px;border:0;border-radius:8px;background:var(--accent);color:var(--on)}
.ask{margin-top:22px;font:15px/1.5 system-ui,sans-serif;color:var(--soft)}
a{color:var(--accent);text-underline-offset:3px}
h2{font-size:20px;font-weight:600;margin:8px 0 16px}
.more{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:20px;font:15px system-ui,sans-serif}
.more svg{display:block;width:100%;border-radius:10px;margin-bottom:8px}
.more span{color:var(--soft)}
footer{margin-top:40px;padding-top:20px;border-top:1px solid var(--line);font:14px system-ui,sans-serif;color:var(--soft)}
@media(max-width:640px){.product{grid-template-columns:1fr;gap:24px;padding-block:24px}.art{aspect-ratio:4/3}h1{font-size:26px}nav{margin-inline-start:0}.more{gap:12px}}`;

const picture = `<svg viewBox="0 0 400 400" role="img" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
<rect width="400" height="400" fill="#dfe7df"/><circle cx="285" cy="110" r="52" fill="#f6f0dc"/>
<path d="M0 265 C80 215 150 240 220 225 S350 190 400 215 V400 H0Z" fill="#b9cdbd"/>
<path d="M0 310 C90 270 180 305 260 285 S360 270 400 280 V400 H0Z" fill="#8fb09a"/>
<path d="M150 215h100l-10 110a14 14 0 0 1-14 13h-52a14 14 0 0 1-14-13z" fill="#fbfaf7"/>
<path d="M250 235h22a24 24 0 0 1 0 60h-28" fill="none" stroke="#fbfaf7" stroke-width="11"/>
<path d="M180 195c-10-18 12-26 2-46m30 46c-10-18 12-26 2-46" fill="none" stroke="#ffffff" stroke-width="6" stroke-linecap="round" opacity=".8"/>
</svg>`;

const thing = (colour: string) =>
  `<svg viewBox="0 0 40 30" aria-hidden="true"><rect width="40" height="30" rx="3" fill="${colour}"/><circle cx="20" cy="15" r="7" fill="#ffffff" opacity=".28"/></svg>`;

/**
 * A small shop with the chat on it and a link to the form: the customer's side of the demonstration. Its policy needs
 * `style-src 'unsafe-inline'`, `script-src 'self'` and `frame-src 'self'`.
 */
export function shopPage({
  chatKey,
  formUrl,
  locale,
}: {
  chatKey: string;
  formUrl: string;
  locale: Locale;
}): string {
  const shop = shops[locale];
  const facts = shop.facts.map(([name, value]) => `<dt>${shown(name)}</dt><dd>${shown(value)}</dd>`);
  const more = shop.more.map(
    ({ name, price, colour }) =>
      `<div>${thing(colour)}<p>${shown(name)}<br><span>${shown(price)}</span></p></div>`,
  );
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${shown(shop.title)} — ${shown(shop.name)}</title>
<style>${style}</style>
<script src="/chat/${encodeURIComponent(chatKey)}/loader.js" data-lang="${locale}" async></script>
</head>
<body>
<header><b>${shown(shop.name)}</b><span>${shown(shop.line)}</span><nav>${shop.menu.map((item) => `<span>${shown(item)}</span>`).join("")}</nav></header>
<main>
<section class="product">
<div class="art">${picture}</div>
<div>
<h1>${shown(shop.title)}</h1>
<p class="price">${shown(shop.price)}</p>
<p>${shown(shop.lead)}</p>
<dl>${facts.join("")}</dl>
<button type="button">${shown(shop.buy)}</button>
<p class="ask">${shown(shop.question)} <a href="#okno-chat">${shown(shop.chat)}</a> · <a href="${shown(formUrl)}">${shown(shop.form)}</a></p>
</div>
</section>
<h2>${shown(shop.moreTitle)}</h2>
<section class="more">${more.join("")}</section>
</main>
<footer>${shown(shop.note)}</footer>
</body>
</html>
`;
}
