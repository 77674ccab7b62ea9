import { host } from "./host.ts";

/** Words shared by all screens of payouts, the names of states and methods among them. */
export const { useT } = host.defineMessages("payout", {
  ru: {
    title: "Выплаты",
    "to.tickets": "К заявкам",
    "to.desks": "Все кассы",
    "load.failed": "Не получилось загрузить",
    loading: "Загружаем",
    retry: "Повторить",
    close: "Закрыть",
    back: "Не сейчас",
    ready: "Готово",
    save: "Сохранить",
    saved: "Сохранено",
    copy: "Скопировать",
    copied: "Скопировано",
    "status.created": "Ждёт подтверждения",
    "status.approving": "Ждёт одобрения",
    "status.processing": "Выплачивается",
    "status.paid": "Выплачена",
    "status.failed": "Не выплачена",
    "status.cancelled": "Отменена",
    "method.CARDRUB": "Карта, рубли",
    "method.CARDRUBP2P": "Карта, рубли, P2P",
    "method.CARDRUBTRANSP2P": "Карта, рубли, за границу, P2P",
    "method.CARDKZTP2P": "Карта, тенге, P2P",
    "method.CARDTRYP2P": "Карта, лиры, P2P",
    "method.SBP": "СБП",
    "method.SBPP2P": "СБП, P2P",
    "method.SBPTRANSP2P": "СБП, за границу, P2P",
    "method.TEST": "Пробный",
    "mode.sandbox": "Пробная",
    "mode.live": "Боевая",
    disabled: "Закрыта",
    "amount.wrong": "Введите сумму цифрами, например 1500,50.",
  },
  en: {
    title: "Payouts",
    "to.tickets": "To the tickets",
    "to.desks": "All desks",
    "load.failed": "Could not load this",
    loading: "Loading",
    retry: "Try again",
    close: "Close",
    back: "Not now",
    ready: "Done",
    save: "Save",
    saved: "Saved",
    copy: "Copy",
    copied: "Copied",
    "status.created": "Waiting to be confirmed",
    "status.approving": "Waiting for approval",
    "status.processing": "Being paid",
    "status.paid": "Paid",
    "status.failed": "Not paid",
    "status.cancelled": "Cancelled",
    "method.CARDRUB": "Card, roubles",
    "method.CARDRUBP2P": "Card, roubles, P2P",
    "method.CARDRUBTRANSP2P": "Card, roubles, abroad, P2P",
    "method.CARDKZTP2P": "Card, tenge, P2P",
    "method.CARDTRYP2P": "Card, lira, P2P",
    "method.SBP": "SBP (by phone)",
    "method.SBPP2P": "SBP (by phone), P2P",
    "method.SBPTRANSP2P": "SBP (by phone), abroad, P2P",
    "method.TEST": "Test",
    "mode.sandbox": "Sandbox",
    "mode.live": "Live",
    disabled: "Closed",
    "amount.wrong": "Enter an amount in digits, such as 1500.50.",
  },
});

const named = [
  "CARDRUB",
  "CARDRUBP2P",
  "CARDRUBTRANSP2P",
  "CARDKZTP2P",
  "CARDTRYP2P",
  "SBP",
  "SBPP2P",
  "SBPTRANSP2P",
  "TEST",
] as const;

/** A method in the reader's words; the names of coins and firms are the same everywhere. */
export function useMethodName(): (method: string, name?: string) => string {
  const t = useT();
  return (method, name) => {
    const known = named.find((each) => each === method);
    return known ? t(`method.${known}`) : (name ?? method);
  };
}
