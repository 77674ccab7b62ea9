import { defineMessages } from "../i18n/i18n.ts";

export const { useT } = defineMessages("entrance", {
  ru: {
    language: "Язык",
    tagline: "Все обращения клиентов в одном окне",
    "tagline.text": "Чат, форма, программный интерфейс: каждое сообщение становится заявкой и не теряется.",
    "password.show": "Показать пароль",
    "password.hide": "Скрыть пароль",
  },
  en: {
    language: "Language",
    tagline: "Every customer request in one window",
    "tagline.text": "Chat, form, API: each message becomes a ticket, and none is lost.",
    "password.show": "Show the password",
    "password.hide": "Hide the password",
  },
});
