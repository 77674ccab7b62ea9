import type { Locale } from "./types.ts";

/** Nominative, genitive, prepositional, accusative: enough for "из", "в (где)", "в (куда)". */
export const cities: [nominative: string, genitive: string, prepositional: string, accusative: string][] = [
  ["Москва", "Москвы", "Москве", "Москву"],
  ["Пермь", "Перми", "Перми", "Пермь"],
  ["Казань", "Казани", "Казани", "Казань"],
  ["Самара", "Самары", "Самаре", "Самару"],
  ["Тула", "Тулы", "Туле", "Тулу"],
  ["Вологда", "Вологды", "Вологде", "Вологду"],
  ["Воронеж", "Воронежа", "Воронеже", "Воронеж"],
  ["Екатеринбург", "Екатеринбурга", "Екатеринбурге", "Екатеринбург"],
  ["Новосибирск", "Новосибирска", "Новосибирске", "Новосибирск"],
  ["Омск", "Омска", "Омске", "Омск"],
  ["Калининград", "Калининграда", "Калининграде", "Калининград"],
  ["Петрозаводск", "Петрозаводска", "Петрозаводске", "Петрозаводск"],
  ["Ярославль", "Ярославля", "Ярославле", "Ярославль"],
  ["Тюмень", "Тюмени", "Тюмени", "Тюмень"],
  ["Краснодар", "Краснодара", "Краснодаре", "Краснодар"],
  ["Киров", "Кирова", "Кирове", "Киров"],
  ["Уфа", "Уфы", "Уфе", "Уфу"],
  ["Рязань", "Рязани", "Рязани", "Рязань"],
];

export const englishCities = [
  "Bristol",
  "Leeds",
  "Norwich",
  "Cardiff",
  "Exeter",
  "York",
  "Glasgow",
  "Bath",
  "Sheffield",
  "Whitby",
  "Hastings",
  "Durham",
  "Falmouth",
  "Inverness",
];

export const streets: Record<Locale, string[]> = {
  ru: [
    "ул. Лесная",
    "ул. Садовая",
    "ул. Речная",
    "пр. Мира",
    "ул. Яблоневая",
    "ул. Мельничная",
    "пер. Тихий",
    "ул. Заречная",
    "наб. Рыбацкая",
    "ул. Почтовая",
  ],
  en: [
    "Mill Lane",
    "Orchard Road",
    "Station Street",
    "Harbour View",
    "Church Walk",
    "Beech Avenue",
    "Quay Street",
    "Windmill Hill",
  ],
};

export const teas = [
  "Белый пион",
  "Карельский рассвет",
  "Узкоколейка",
  "Молочный улун",
  "Копорский с чабрецом",
  "Северное сияние",
  "Горный жасмин",
  "Брусничный вечер",
  "Копорский",
  "Дым костра",
  "Зелёная сосна",
  "Ночная смена",
];

export const products = [
  "the oak serving board",
  "the stoneware teapot",
  "the walnut tray",
  "the glass carafe",
  "the ceramic table lamp",
  "the driftwood mirror",
  "the slate cheese board",
  "the enamel bread bin",
  "the birch wall shelf",
  "the copper kettle",
];

export const tariffs = ["«Лёгкий»", "«Семья»", "«Безлимит плюс»", "«Городской»", "«Студент»", "«Дальний»"];

export const promos: Record<Locale, string[]> = {
  ru: ["ОСЕНЬ15", "TEA10", "СВОИМ20", "ПЯТНИЦА", "ВТОРОЙЧАЙ"],
  en: ["PINE10", "AUTUMN15", "HELLO20", "HARBOUR5", "FIRESIDE"],
};

export const checkNotes: Record<Locale, string[]> = {
  ru: [
    "Проверить, что клиент всё получил.",
    "Вернуться и убедиться, что вопрос закрыт.",
    "Отложено до ответа смежного отдела.",
    "Жду подтверждения от партнёра, напомнить себе.",
  ],
  en: [
    "Check that it has arrived before closing.",
    "Waiting for the warehouse to confirm, remind me.",
    "Come back to this once the courier answers.",
  ],
};

export const reopenNotes: Record<Locale, string[]> = {
  ru: [
    "Закрыли рано: нужно было приложить документ. Приложили.",
    "Вернули в работу, чтобы исправить тему и метки для отчёта.",
    "Нажали «завершить» не в той заявке, проверили ещё раз.",
  ],
  en: [
    "Closed too early: the courier's answer was still to be attached. Attached now.",
    "Reopened to fix the topic for the report.",
  ],
};
