import { defineMessages } from "../i18n/i18n.ts";

/** Names of the groups of commands. */
export const { useT: useGroupT } = defineMessages("commands", {
  ru: {
    ticket: "Заявка",
    compose: "Ответ",
    contact: "Клиент",
    list: "Список",
    create: "Создать",
    go: "Перейти",
    settings: "Настройки",
    account: "Личное",
    general: "Общее",
  },
  en: {
    ticket: "Ticket",
    compose: "Writing",
    contact: "Customer",
    list: "List",
    create: "Create",
    go: "Go to",
    settings: "Settings",
    account: "Personal",
    general: "General",
  },
});
