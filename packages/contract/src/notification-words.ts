/**
 * What a notification says, by its kind and language, wherever it is shown: in the bell, by the browser, in a push. `{who}` stands for the one who did
 * it; `someone` for a customer without a name.
 */
export const notificationWords = {
  ru: {
    someone: "Клиент",
    "kind.mention": "{who} упоминает вас",
    "kind.assigned": "{who} передаёт вам заявку",
    "kind.team": "{who} передаёт заявку вашей команде",
    "kind.reply": "{who} отвечает",
    "kind.note": "{who} пишет заметку",
    "kind.returned": "Отложенная заявка вернулась",
    "kind.rated": "{who} оценивает работу",
    "kind.unassigned": "Новая заявка без исполнителя",
    "kind.webhook": "Вебхук остановился",
  },
  en: {
    someone: "The customer",
    "kind.mention": "{who} mentions you",
    "kind.assigned": "{who} gives you a ticket",
    "kind.team": "{who} gives your team a ticket",
    "kind.reply": "{who} replies",
    "kind.note": "{who} leaves a note",
    "kind.returned": "A postponed ticket is back",
    "kind.rated": "{who} rates your work",
    "kind.unassigned": "A new ticket that nobody has",
    "kind.webhook": "A webhook has stopped",
  },
} as const;
