import { mask } from "./secrets.ts";

export type Locale = "ru" | "en";

type Asking = { number: number; project: string; text: string; minutes: number };

// A kind may show figures on the page alone.
const quoted = (text: string) => (text === "" ? "." : `:\n\n${text}`);

const ru = {
  link: ({ number, project, text }: Asking, url: string) =>
    `${project} просит подтвердить по заявке № ${number}${quoted(text)}\n\nОткройте страницу, чтобы ответить: ${url}`,
  code: ({ number, project, text, minutes }: Asking) =>
    `${project} просит подтвердить по заявке № ${number}${quoted(text)}\n\nВаш код: ${mask}. Назовите его, только если согласны. Код действует ${minutes} мин.`,
  factor: (number: number, minutes: number) =>
    `Код для ответа по заявке № ${number}: ${mask}. Введите его на открытой странице. Код действует ${minutes} мин.`,
};

const en: typeof ru = {
  link: ({ number, project, text }, url) =>
    `${project} asks you to confirm, ticket no. ${number}${quoted(text)}\n\nOpen the page to answer: ${url}`,
  code: ({ number, project, text, minutes }) =>
    `${project} asks you to confirm, ticket no. ${number}${quoted(text)}\n\nYour code: ${mask}. Tell it only if you agree. It is good for ${minutes} min.`,
  factor: (number, minutes) =>
    `Code for answering ticket no. ${number}: ${mask}. Enter it on the page you have opened. It is good for ${minutes} min.`,
};

/** What is said to the customer: our own words, the operator's, and the mask; never what a stranger wrote. */
export const messagesIn = (locale: Locale) => (locale === "ru" ? ru : en);
