import { defineMessages } from "../shared/i18n/i18n.ts";

export const { useT, tr } = defineMessages("app", {
  ru: {
    toasts: "Сообщения ({hotkey})",
    close: "Закрыть",
    retry: "Повторить",
    "crash.title": "Этот экран сломался",
    "crash.text": "Набранное не потеряно. Попробуйте открыть экран заново.",
    "missing.title": "Такой страницы нет",
    "missing.text": "Адрес устарел или набран с ошибкой.",
    "missing.home": "К заявкам",
    "load.title": "Не получилось открыть",
    offline: "Нет связи с сервером. Показано то, что было; ответы дождутся связи.",
    "skip.content": "К содержанию",
  },
  en: {
    toasts: "Notifications ({hotkey})",
    close: "Close",
    retry: "Try again",
    "crash.title": "This screen broke",
    "crash.text": "What you typed is not lost. Try opening the screen again.",
    "missing.title": "There is no such page",
    "missing.text": "The address is old or mistyped.",
    "missing.home": "To the tickets",
    "load.title": "Could not open this",
    offline: "The server cannot be reached. You see the last known state; replies will wait.",
    "skip.content": "Skip to content",
  },
});
