import type { DemoMember, DemoProject, DemoTopic } from "./types.ts";

// Invented firms. "Волна Мобайл" was considered and dropped: an operator of that name exists.
export const projects: DemoProject[] = [
  { key: "tea", name: "Северный чай", locale: "ru", timeZone: "Europe/Moscow", accent: "#2f7d5b" },
  { key: "soyka", name: "Сойка Мобайл", locale: "ru", timeZone: "Europe/Moscow", accent: "#2563c9" },
  { key: "rubicon", name: "Рубикон Пэй", locale: "ru", timeZone: "Europe/Moscow", accent: "#7a3fc0" },
  { key: "harbour", name: "Harbour & Pine", locale: "en", timeZone: "Europe/London", accent: "#b4552d" },
];

const everywhere = projects.map((project) => project.key);

export type MemberGender = "m" | "f";
export const memberGender: Record<string, MemberGender> = {
  anna: "f",
  dmitry: "m",
  olga: "f",
  maria: "f",
  ilya: "m",
  timur: "m",
  emma: "f",
  james: "m",
};

/** The first member is the demo's main operator: the owner, so that one person can see everything. */
export const members: DemoMember[] = [
  {
    key: "anna",
    name: "Анна Ковалёва",
    email: "anna@okno.example",
    role: "owner",
    projects: everywhere,
    locale: "ru",
  },
  {
    key: "dmitry",
    name: "Дмитрий Орлов",
    email: "dmitry@okno.example",
    role: "admin",
    projects: everywhere,
    locale: "ru",
  },
  {
    key: "olga",
    name: "Ольга Синицына",
    email: "olga@okno.example",
    role: "supervisor",
    projects: ["tea", "soyka"],
    locale: "ru",
  },
  {
    key: "maria",
    name: "Мария Белова",
    email: "maria@okno.example",
    role: "operator",
    projects: ["tea", "rubicon"],
    locale: "ru",
  },
  {
    key: "ilya",
    name: "Илья Громов",
    email: "ilya@okno.example",
    role: "operator",
    projects: ["tea", "soyka"],
    locale: "ru",
  },
  {
    key: "timur",
    name: "Тимур Ахметов",
    email: "timur@okno.example",
    role: "operator",
    projects: ["soyka", "rubicon"],
    locale: "ru",
  },
  {
    key: "emma",
    name: "Emma Clarke",
    email: "emma@okno.example",
    role: "supervisor",
    projects: ["harbour"],
    locale: "en",
  },
  {
    key: "james",
    name: "James Whitfield",
    email: "james@okno.example",
    role: "operator",
    projects: ["harbour"],
    locale: "en",
  },
];

type Branch = [key: string, name: string, children: [key: string, name: string][]];

const trees: Record<string, Branch[]> = {
  tea: [
    [
      "tea.order",
      "Заказ и доставка",
      [
        ["tea.where", "Где мой заказ"],
        ["tea.change", "Изменить заказ"],
        ["tea.address", "Поменять адрес или время"],
        ["tea.cancel", "Отменить заказ"],
      ],
    ],
    [
      "tea.pay",
      "Оплата и документы",
      [
        ["tea.charged", "Деньги списались, заказа нет"],
        ["tea.payfail", "Не проходит оплата"],
        ["tea.docs", "Чек и документы для юрлица"],
      ],
    ],
    [
      "tea.quality",
      "Что-то не так с покупкой",
      [
        ["tea.damaged", "Повреждена упаковка"],
        ["tea.wrong", "Положили не то"],
        ["tea.taste", "Не понравился вкус"],
      ],
    ],
    [
      "tea.choose",
      "Выбор чая",
      [
        ["tea.advise", "Какой чай посоветуете"],
        ["tea.brew", "Как заваривать"],
        ["tea.stock", "Есть ли в наличии"],
      ],
    ],
    [
      "tea.gift",
      "Подарки и опт",
      [
        ["tea.set", "Подарочный набор"],
        ["tea.bulk", "Оптовая закупка"],
      ],
    ],
    [
      "tea.club",
      "Бонусы и промокоды",
      [
        ["tea.bonus", "Не начислили бонусы"],
        ["tea.promo", "Промокод не работает"],
      ],
    ],
  ],
  soyka: [
    [
      "soyka.net",
      "Связь и интернет",
      [
        ["soyka.slow", "Не работает интернет"],
        ["soyka.voice", "Плохо слышно при звонке"],
        ["soyka.nosignal", "Нет сети дома"],
        ["soyka.roaming", "Связь в поездке"],
      ],
    ],
    [
      "soyka.money",
      "Деньги на счёте",
      [
        ["soyka.extra", "Списали лишнее"],
        ["soyka.topup", "Не пришёл платёж"],
        ["soyka.subs", "Отключить подписку"],
        ["soyka.detail", "Детализация звонков"],
      ],
    ],
    [
      "soyka.tariff",
      "Тариф",
      [
        ["soyka.switch", "Сменить тариф"],
        ["soyka.gigs", "Закончились гигабайты"],
      ],
    ],
    [
      "soyka.sim",
      "SIM и номер",
      [
        ["soyka.replace", "Заменить SIM-карту"],
        ["soyka.port", "Перенести номер к нам"],
        ["soyka.lost", "Потерян телефон"],
        ["soyka.esim", "Установить eSIM"],
      ],
    ],
    ["soyka.safe", "Мошенники и спам", []],
  ],
  rubicon: [
    [
      "rubicon.payout",
      "Выплата",
      [
        ["rubicon.late", "Выплата задерживается"],
        ["rubicon.declined", "Выплата отклонена"],
        ["rubicon.details", "Ошибка в реквизитах"],
      ],
    ],
    [
      "rubicon.api",
      "API и интеграция",
      [
        ["rubicon.error", "Ошибка запроса"],
        ["rubicon.sign", "Подпись и ключи"],
        ["rubicon.sandbox", "Песочница"],
      ],
    ],
    [
      "rubicon.docs",
      "Документы",
      [
        ["rubicon.act", "Акт сверки"],
        ["rubicon.kyc", "Проверка компании"],
      ],
    ],
    [
      "rubicon.cabinet",
      "Личный кабинет",
      [
        ["rubicon.access", "Нет доступа в кабинет"],
        ["rubicon.limits", "Лимиты и комиссия"],
      ],
    ],
  ],
  harbour: [
    [
      "harbour.delivery",
      "Delivery",
      [
        ["harbour.where", "Where is my order"],
        ["harbour.address", "Change the address"],
        ["harbour.missing", "Marked delivered, not here"],
      ],
    ],
    [
      "harbour.returns",
      "Returns and refunds",
      [
        ["harbour.return", "Return an item"],
        ["harbour.refund", "Where is my refund"],
        ["harbour.exchange", "Exchange a size"],
      ],
    ],
    [
      "harbour.product",
      "About a product",
      [
        ["harbour.faulty", "Damaged or faulty"],
        ["harbour.stock", "Back in stock"],
        ["harbour.care", "Care and sizing"],
      ],
    ],
    [
      "harbour.payment",
      "Payment",
      [
        ["harbour.twice", "Charged twice"],
        ["harbour.code", "Discount code"],
        ["harbour.invoice", "VAT invoice"],
      ],
    ],
    [
      "harbour.account",
      "Account",
      [
        ["harbour.signin", "Cannot sign in"],
        ["harbour.data", "Delete my data"],
      ],
    ],
  ],
};

export const topics: DemoTopic[] = Object.entries(trees).flatMap(([project, branches]) =>
  branches.flatMap(([key, name, children]) => [
    { key, project, name },
    ...children.map(([child, childName]) => ({ key: child, project, name: childName, parent: key })),
  ]),
);
