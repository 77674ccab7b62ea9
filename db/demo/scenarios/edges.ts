import { longLetter } from "./long-letter.ts";
import type { EdgeScenario } from "./scenario.ts";

/** Told once each: what real inboxes hold beside the ordinary. */
export const edges: EdgeScenario[] = [
  {
    project: "tea",
    topic: "tea.where",
    subject: "СЧ-40417",
    via: "webchat",
    end: "open",
    raw: true,
    talk: "> СЧ-40417",
  },
  {
    project: "tea",
    topic: "tea.taste",
    subject: "Письмо о вашем чае (длинное, простите)",
    via: "form",
    gender: "f",
    end: "mine",
    raw: true,
    talk: `> ${longLetter}`,
  },
  {
    project: "tea",
    topic: "tea.set",
    subject: "Подарок с открыткой 🎁",
    contact: "emoji",
    via: "webchat",
    end: "done",
    raw: true,
    talk: `
> Привет-привет! 🌸 хочу подружке набор 🎁 чтоб коробочка красивая ✨ и открытка от руки ✍️ можно???
< Здравствуйте, Катя! Можно: набор «Зимний лес» в коробке с лентой, открытку подпишем от руки. Что написать?
> «Самой тёплой подруге в самый холодный месяц ❄️☕️» 🥹
< Красиво сказано. Записали слово в слово, со снежинкой и чашкой.
> 💚💚💚
`,
  },
  {
    project: "soyka",
    topic: "soyka.switch",
    subject: "Татарча җавап бирәсезме?",
    contact: "tatar",
    colleague: "timur",
    via: "form",
    end: "done",
    raw: true,
    talk: `
> Исәнмесез! Тариф турында татарча сорап буламы? Әнием русча начар укый, аңа «Гаилә» тарифы кирәк.
> Если татарского нет, отвечайте по-русски, я переведу маме.
-> Тимур, тут по-татарски спрашивают про «Семью». Ответишь?
< Исәнмесез! Әлбәттә, татарча язарга була. «Гаилә» тарифы: 20 ГБ, гаилә эчендә шалтыратулар бушлай, айга 450 сум.
> Рәхмәт! Мама сказала: переходим.
`,
  },
  {
    project: "soyka",
    topic: "soyka.roaming",
    subject: "Роуминг, Алматы",
    contact: "kazakh",
    via: "webchat",
    end: "waiting",
    raw: true,
    talk: `
> Сәлеметсіз бе! Переезжаю в Алматы на полгода. Номер не хочу терять, но платить за роуминг каждый день тоже. Есть ли тариф, чтобы он просто жил?
<? Сәлеметсіз бе! Есть тариф «Спящий»: 30 рублей в месяц, входящие смс бесплатны в любой стране. Перевести с первого числа или сразу?
`,
  },
  {
    project: "harbour",
    topic: "harbour.where",
    subject: "הזמנה HP-30155",
    contact: "hebrew",
    via: "form",
    end: "open",
    raw: true,
    talk: `
> שלום, מתי תגיע ההזמנה HP-30155 לתל אביב?
Sorry, my phone switched keyboards :) When will order HP-30155 reach Tel Aviv?
`,
  },
  {
    project: "harbour",
    topic: "harbour.care",
    subject: "Is this your page?",
    via: "webchat",
    end: "done",
    raw: true,
    talk: `
> is this you or a scam? https://harbour-pine-outlet.example/sale?ref=fb&utm_source=ad&item=oak-board-90off
< Thank you for checking: it isn't us. Please don't enter your card there. We only sell on our own site, and we never do 90 % off.
# Reported the copycat to the registrar and the ad network.
> thought so, too good to be true. reported the ad as well
`,
  },
  {
    project: "rubicon",
    topic: "rubicon.error",
    subject: "500 при создании выплаты, тело внутри",
    via: "api",
    end: "mine",
    raw: true,
    talk: `
> Ловим 500 на один и тот же запрос, остальные проходят. Тело:

\`\`\`json
{
  "amount": "15000.00",
  "currency": "RUB",
  "recipient": { "kind": "sbp", "phone": "+79000001234", "bank": "100000000111" },
  "metadata": { "comment": "Оплата по договору №7 «Ромашка»\\u0000", "tags": [] }
}
\`\`\`

Ответ: \`{"type":"about:blank","status":500,"code":"internal"}\`
# Нулевой символ в comment. Должно быть 400 с указателем на поле, а не 500.
`,
  },
  {
    project: "soyka",
    topic: "soyka.slow",
    subject: "Интернет то есть, то нет",
    via: "webchat",
    gender: "f",
    end: "mine",
    raw: true,
    labels: ["интернет"],
    talk: `
> интернет то есть то нет
< Здравствуйте! Давайте разберёмся вместе. Это мобильный интернет на телефоне или модем?
> модем
< Какого цвета на нём индикатор сейчас?
> синий мигает
< Значит, сеть он видит, но не может подключиться. Выньте сим-карту и вставьте обратно, пожалуйста.
> вынула вставила. теперь зелёный мигает
< Уже лучше. Откройте в браузере страницу модема, адрес на наклейке снизу. Получается?
> просит пароль
< Пароль на той же наклейке, строкой ниже.
> зашла. тут много всего
< Найдите строку «Уровень сигнала». Какое там число?
> минус 112
< Это слабо. Поставьте модем на подоконник, если есть возможность, и обновите страницу.
> минус 94
< Отлично, так и оставьте. Теперь строка «Режим сети», что выбрано?
> авто
< Выберите «только 4G» и нажмите «Сохранить».
> сохранила, перезагружается
< Подождём минуту. Напишите, когда индикатор загорится.
> горит зелёным! не мигает!
< Прекрасно. Откройте любой сайт, пожалуйста.
> открылся, и кино не тормозит. но через полчаса обычно опять пропадает, посмотрим
`,
  },
  {
    project: "tea",
    topic: "tea.bulk",
    subject: "Заявка на чай для общественной приёмной",
    contact: "long-name",
    via: "form",
    end: "open",
    raw: true,
    talk: `
> Просим сообщить стоимость двух килограммов чёрного чая и подтвердить, что наше полное наименование поместится в счёт. В прошлый раз программа обрезала его на сороковом символе.
`,
  },
];
