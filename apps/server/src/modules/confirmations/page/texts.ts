const ru = {
  ask: "Всё верно?",
  askHint: "Прочитайте и ответьте. Без вашего ответа ничего не произойдёт.",
  ticket: "Заявка № {number}",
  until: "Ответить можно до {time}",
  confirm: "Подтверждаю",
  refuse: "Нет, не так",
  reason: "Что не так",
  reasonHint: "Не обязательно",
  refuseButton: "Отказаться",
  question: "Задать вопрос",
  questionField: "Ваш вопрос",
  questionHint: "Вопрос увидит тот, кто ведёт заявку. Подтвердить можно будет и потом.",
  questionButton: "Отправить вопрос",
  questionSaid: "Вопрос отправлен. Ответ придёт в переписке, а подтвердить можно здесь и потом.",
  questionEmpty: "Напишите, что хотите узнать",
  tooLong: "Сократите до {max} символов",
  code: "Код из переписки",
  codeHint: "Шесть цифр. Мы пришлём их туда, где вы переписываетесь с нами.",
  codeFirst: "Чтобы подтвердить, нужен код. Мы пришлём его туда, где вы переписываетесь с нами.",
  codeButton: "Прислать код",
  codeAgain: "Прислать новый код",
  codeSaid: "Код отправлен в переписку. Он действует 10 минут, прежний больше не подходит.",
  codeWrong: "Код не подошёл. Осталось попыток: {left}.",
  codeSpent: "Попытки кончились или код устарел. Запросите новый.",
  codeEmpty: "Введите код из переписки",
  codeLimit: "Кодов отправлено слишком много. Задайте вопрос или ответьте в переписке.",
  onceMore: "Нажмите ещё раз: так мы знаем, что отвечает человек.",
  confirmed: "Подтверждено",
  confirmedByYou: "Вы подтвердили это {time}.",
  confirmedOtherwise: "Это уже подтверждено другим способом, {time}. Больше ничего не нужно.",
  refused: "Вы отказались",
  refusedAt: "Отказ записан {time}. Мы свяжемся с вами.",
  refusedOtherwise: "Отказ записан другим способом, {time}.",
  expired: "Срок вышел",
  expiredHint:
    "Ответить по этой ссылке уже нельзя. Это не значит ни «да», ни «нет»: напишите нам, и мы спросим снова.",
  revoked: "Вопрос снят",
  revokedHint: "Отвечать больше не нужно.",
  superseded: "Ссылка устарела",
  supersededHint: "Мы отправили новую. Откройте её: эта больше не действует.",
  changed: "Условия изменились",
  changedHint: "То, что вы видели, уже другое, и подтвердить его нельзя. Сейчас это так:",
  changedNext: "Чтобы подтвердить новое, откройте новую ссылку.",
  unknown: "Такой ссылки нет",
  unknownHint: "Проверьте, скопировалась ли она целиком.",
  language: "English",
};

export type TextKey = keyof typeof ru;

const en: Record<TextKey, string> = {
  ask: "Is this right?",
  askHint: "Read it and answer. Nothing happens without your answer.",
  ticket: "Ticket no. {number}",
  until: "You can answer until {time}",
  confirm: "Yes, I confirm",
  refuse: "No, it is not right",
  reason: "What is wrong",
  reasonHint: "Optional",
  refuseButton: "Refuse",
  question: "Ask a question",
  questionField: "Your question",
  questionHint: "Whoever works on the ticket will see it. You can still confirm later.",
  questionButton: "Send the question",
  questionSaid:
    "Your question is sent. The answer will come in your conversation; you can still confirm here.",
  questionEmpty: "Write what you want to know",
  tooLong: "Shorten it to {max} characters",
  code: "Code from the conversation",
  codeHint: "Six digits. We send them where you write with us.",
  codeFirst: "To confirm you need a code. We send it where you write with us.",
  codeButton: "Send me a code",
  codeAgain: "Send a new code",
  codeSaid: "The code is in your conversation. It is good for 10 minutes; an earlier one no longer works.",
  codeWrong: "That code is wrong. Attempts left: {left}.",
  codeSpent: "No attempts are left, or the code is too old. Ask for a new one.",
  codeEmpty: "Enter the code from the conversation",
  codeLimit: "Too many codes were sent. Ask a question, or answer in the conversation.",
  onceMore: "Press once more: that tells us a person is answering.",
  confirmed: "Confirmed",
  confirmedByYou: "You confirmed this on {time}.",
  confirmedOtherwise: "This was confirmed in another way on {time}. Nothing more is needed.",
  refused: "You refused",
  refusedAt: "Your refusal was recorded on {time}. We will be in touch.",
  refusedOtherwise: "A refusal was recorded in another way on {time}.",
  expired: "The time is over",
  expiredHint:
    "This link can no longer be answered. That means neither yes nor no: write to us and we will ask again.",
  revoked: "The question was taken back",
  revokedHint: "There is nothing to answer any more.",
  superseded: "This link is out of date",
  supersededHint: "We have sent a new one. Open that: this one no longer works.",
  changed: "It has changed",
  changedHint: "What you saw is no longer so and cannot be confirmed. It is now:",
  changedNext: "To confirm the new version, open the new link.",
  unknown: "There is no such link",
  unknownHint: "Check that it was copied whole.",
  language: "По-русски",
};

export type Locale = "ru" | "en";
export type Translate = (key: TextKey, values?: Record<string, string | number>) => string;

export function translator(locale: Locale): Translate {
  const table = locale === "ru" ? ru : en;
  return (key, values = {}) =>
    table[key].replace(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ""));
}

type Ranked = { language: string; weight: number };

function ranked(part: string): Ranked {
  const [tag = "", weight] = part.trim().split(/;\s*q=/u);
  return { language: tag.slice(0, 2).toLowerCase(), weight: weight === undefined ? 1 : Number(weight) || 0 };
}

/** The address's choice, then the contact's language, then the browser's first known one, then the project's. */
export function chooseLocale(
  chosen: Locale | undefined,
  contact: Locale | null,
  accepted: string | undefined,
  fallback: Locale,
): Locale {
  if (chosen ?? contact) return chosen ?? contact ?? fallback;
  const known = (accepted ?? "")
    .split(",")
    .map(ranked)
    .filter(({ language, weight }) => weight > 0 && (language === "ru" || language === "en"))
    .sort((a, b) => b.weight - a.weight);
  return (known[0]?.language as Locale | undefined) ?? fallback;
}
