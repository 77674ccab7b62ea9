/** The words of a statement on paper. */
export const statementWords = {
  ru: {
    title: "Выписка по кассе",
    period: (from: string | null, to: string | null) =>
      from && to ? `с ${from} по ${to}` : from ? `с ${from}` : to ? `по ${to}` : "за всё время",
    made: "Составлена",
    opening: "Было",
    incoming: "Пришло",
    outgoing: "Ушло",
    closing: "Стало",
    columns: ["Когда", "Что", "Выплата", "Изменение", "Доступно"],
    nothing: "Ничего не двигалось",
    page: (page: number, of: number) => `Страница ${page} из ${of}`,
    what: {
      fund: "Пополнение",
      withdraw: "Изъятие",
      reserve: "Отложено на выплату",
      dispatch: "Отправлено провайдеру",
      settle: "Выплачено",
      commission: "Комиссия",
      release: "Возврат невыплаченного",
    },
  },
  en: {
    title: "Desk statement",
    period: (from: string | null, to: string | null) =>
      from && to ? `${from} to ${to}` : from ? `from ${from}` : to ? `until ${to}` : "all time",
    made: "Made",
    opening: "Before",
    incoming: "Came in",
    outgoing: "Went out",
    closing: "After",
    columns: ["When", "What", "Payout", "Change", "Available"],
    nothing: "Nothing moved",
    page: (page: number, of: number) => `Page ${page} of ${of}`,
    what: {
      fund: "Funds added",
      withdraw: "Funds taken",
      reserve: "Set aside for a payout",
      dispatch: "Sent to the provider",
      settle: "Paid out",
      commission: "Commission",
      release: "Unpaid, came back",
    },
  },
} as const;
