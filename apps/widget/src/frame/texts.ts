import type { Lang } from "./config.ts";

const ru = {
  log: "Переписка",
  you: "Вы",
  writeFirst: "Напишите, что случилось. Мы ответим прямо здесь.",
  placeholder: "Сообщение",
  send: "Отправить",
  attach: "Прикрепить файл",
  close: "Закрыть чат",
  older: "Показать раньше",
  newBelow: "Новые сообщения",
  today: "Сегодня",
  yesterday: "Вчера",
  waiting: "Ждёт сети",
  sending: "Отправляется",
  sent: "Доставлено",
  read: "Прочитано",
  refused: "Не отправлено",
  again: "Повторить",
  discard: "Убрать",
  remove: "Убрать файл {name}",
  download: "Скачать {name}",
  openImage: "Открыть {name}",
  drop: "Отпустите, чтобы прикрепить",
  uploading: "Загружается {name}: {percent} %",
  offline: "Нет сети. Сообщения отправятся сами, когда она появится.",
  reconnecting: "Связь прервалась, восстанавливаем…",
  tooLong: "Сократите на {n}",
  tooManyFiles: "Не больше {n} в одном сообщении",
  fileTooLarge: "{name}: файл больше 25 МБ, такой не передать",
  fileRefused: "{name}: программы не принимаются",
  fileEmpty: "{name}: пустой файл",
  fileFailed: "{name}: не загрузился, проверьте сеть",
  fileExpired: "Файл загружен слишком давно, приложите его снова",
  busy: "Слишком много сообщений подряд. Отправится чуть позже.",
  cannotSend: "Сообщение не принято. Измените его и отправьте снова.",
  lost: "Этот браузер больше не узнаётся, прежняя переписка здесь не откроется.",
  startAnew: "Начать новую",
  gone: "Чат сейчас закрыт.",
  failed: "Чат не открылся. Попробуем ещё раз сами, как только получится.",
  closed: "Обращение завершено. Если что-то осталось, просто напишите.",
  detailsTitle: "Как к вам обращаться?",
  detailsHint: "Оператор увидит имя и почту. Можно не отвечать.",
  name: "Имя",
  email: "E-mail",
  emailWrong: "Проверьте адрес: нужен вид name@example.ru",
  save: "Сохранить",
  notNow: "Не сейчас",
  myName: "Меня зовут {name}.",
  myEmail: "Моя почта: {email}.",
};

export type TextKey = keyof typeof ru;

const en: Record<TextKey, string> = {
  log: "Conversation",
  you: "You",
  writeFirst: "Tell us what happened. The answer will come right here.",
  placeholder: "Message",
  send: "Send",
  attach: "Attach a file",
  close: "Close the chat",
  older: "Show earlier",
  newBelow: "New messages",
  today: "Today",
  yesterday: "Yesterday",
  waiting: "Waiting for the network",
  sending: "Sending",
  sent: "Delivered",
  read: "Read",
  refused: "Not sent",
  again: "Try again",
  discard: "Discard",
  remove: "Remove the file {name}",
  download: "Download {name}",
  openImage: "Open {name}",
  drop: "Drop to attach",
  uploading: "Uploading {name}: {percent}%",
  offline: "You are offline. Messages will be sent once you are back.",
  reconnecting: "Connection lost, reconnecting…",
  tooLong: "Shorten it by {n}",
  tooManyFiles: "No more than {n} in one message",
  fileTooLarge: "{name} is larger than 25 MB and cannot be sent",
  fileRefused: "{name}: programs are not accepted",
  fileEmpty: "{name} is empty",
  fileFailed: "{name} was not uploaded, check the network",
  fileExpired: "The file was uploaded too long ago, attach it again",
  busy: "Too many messages at once. It will be sent a little later.",
  cannotSend: "The message was not accepted. Change it and send it again.",
  lost: "This browser is not recognised any more, the earlier conversation cannot be opened here.",
  startAnew: "Start a new one",
  gone: "The chat is closed at the moment.",
  failed: "The chat did not open. It will try again by itself.",
  closed: "This matter is settled. If anything remains, just write.",
  detailsTitle: "What should we call you?",
  detailsHint: "The operator will see your name and e-mail. You need not answer.",
  name: "Name",
  email: "E-mail",
  emailWrong: "Check the address: it should look like name@example.com",
  save: "Save",
  notNow: "Not now",
  myName: "My name is {name}.",
  myEmail: "My e-mail is {email}.",
};

/** Counted words, by the plural rules of the language. */
const counted = {
  ru: {
    characters: { one: "символ", few: "символа", many: "символов", other: "символа" },
    files: { one: "файла", few: "файлов", many: "файлов", other: "файлов" },
    unread: {
      one: "новое сообщение",
      few: "новых сообщения",
      many: "новых сообщений",
      other: "новых сообщений",
    },
  },
  en: {
    characters: { one: "character", other: "characters" },
    files: { one: "file", other: "files" },
    unread: { one: "new message", other: "new messages" },
  },
} as const;

export type Texts = {
  lang: Lang;
  t(key: TextKey, values?: Record<string, string | number>): string;
  /** "3 символа", "3 characters". */
  count(n: number, of: keyof (typeof counted)["ru"]): string;
};

export function createTexts(lang: Lang): Texts {
  const table = lang === "ru" ? ru : en;
  const rules = new Intl.PluralRules(lang);
  return {
    lang,
    t: (key, values = {}) =>
      table[key].replace(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? "")),
    count(n, of) {
      const forms: Partial<Record<Intl.LDMLPluralRule, string>> = counted[lang][of];
      return `${n.toLocaleString(lang)} ${forms[rules.select(n)] ?? forms.other}`;
    },
  };
}
