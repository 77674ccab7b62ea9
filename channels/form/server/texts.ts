const ru = {
  title: "Напишите нам",
  topic: "О чём вопрос",
  optional: "не обязательно",
  name: "Имя",
  contact: "E-mail или телефон",
  contactHint: "Ответ появится на странице, которая откроется после отправки",
  message: "Сообщение",
  file: "Файл",
  fileHint: "До 25 МБ",
  fileKept: "Приложен: {name}",
  fileDrop: "не отправлять его",
  send: "Отправить",
  trap: "Оставьте пустым",
  faultsTitle: "Проверьте отмеченное и отправьте снова",
  onceMore: "Нажмите «Отправить» ещё раз: так мы знаем, что пишет человек. Всё введённое на месте.",
  tooMany:
    "Слишком много сообщений подряд. Подождите несколько минут и отправьте снова: всё введённое на месте.",
  nameTooLong: "Сократите до 100 символов",
  emailWrong: "Проверьте адрес: нужен вид name@example.ru",
  phoneWrong: "Укажите номер с кодом страны, например +7 900 000-00-00, или e-mail",
  messageEmpty: "Напишите, что случилось",
  messageTooLong: "Сократите до 5000 символов или приложите файл",
  fileTooLarge: "Файл больше 25 МБ, такой не передать",
  fileRefused: "Программы не принимаются, приложите файл другого вида",
  fileExpired: "Файл лежал слишком долго, приложите его снова",
  received: "Мы получили ваше сообщение",
  receivedHint: "Сохраните адрес этой страницы: ответ появится здесь. Никому его не показывайте.",
  answered: "Вам ответили",
  closed: "Обращение завершено. Если что-то осталось, напишите ниже.",
  refresh: "Проверить, нет ли ответа",
  older: "Показаны последние 100 сообщений",
  you: "Вы",
  reply: "Написать ещё",
};

export type TextKey = keyof typeof ru;

const en: Record<TextKey, string> = {
  title: "Write to us",
  topic: "What is it about",
  optional: "optional",
  name: "Name",
  contact: "E-mail or phone",
  contactHint: "The answer will appear on the page that opens after sending",
  message: "Message",
  file: "File",
  fileHint: "Up to 25 MB",
  fileKept: "Attached: {name}",
  fileDrop: "do not send it",
  send: "Send",
  trap: "Leave this empty",
  faultsTitle: "Check what is marked and send again",
  onceMore: "Press “Send” once more: that tells us a person is writing. Everything you typed is still here.",
  tooMany:
    "Too many messages at once. Wait a few minutes and send again: everything you typed is still here.",
  nameTooLong: "Shorten it to 100 characters",
  emailWrong: "Check the address: it should look like name@example.com",
  phoneWrong: "Give the number with its country code, such as +44 7700 900000, or an e-mail",
  messageEmpty: "Tell us what happened",
  messageTooLong: "Shorten it to 5,000 characters, or attach a file",
  fileTooLarge: "The file is larger than 25 MB and cannot be sent",
  fileRefused: "Programs are not accepted, attach another kind of file",
  fileExpired: "The file was kept too long, attach it again",
  received: "We have your message",
  receivedHint: "Keep the address of this page: the answer will appear here. Do not show it to anyone.",
  answered: "You have an answer",
  closed: "This matter is settled. If anything remains, write below.",
  refresh: "See whether there is an answer",
  older: "The last 100 messages are shown",
  you: "You",
  reply: "Write again",
};

export type Locale = "ru" | "en";
export type Translate = (key: TextKey, values?: Record<string, string>) => string;

export function translator(locale: Locale): Translate {
  const table = locale === "ru" ? ru : en;
  return (key, values = {}) => table[key].replace(/\{(\w+)\}/gu, (_, name: string) => values[name] ?? "");
}

/** The address's choice, then the browser's first known language, then the project's. */
export function chooseLocale(
  chosen: Locale | undefined,
  accepted: string | undefined,
  fallback: Locale,
): Locale {
  if (chosen) return chosen;
  const ranked = (accepted ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", weight] = part.trim().split(/;\s*q=/u);
      return {
        language: tag.slice(0, 2).toLowerCase(),
        weight: weight === undefined ? 1 : Number(weight) || 0,
      };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  const known = ranked.find(({ language }) => language === "ru" || language === "en");
  return (known?.language as Locale | undefined) ?? fallback;
}
