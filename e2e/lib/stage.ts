import { type OknoClient, OknoError } from "@okno/sdk";
import type { BrowserContext } from "playwright-core";
import { doubtfulPayout, makeDesk, payOut } from "./payouts.ts";

export type Locale = "ru" | "en";
export type Person = { name: string; email: string; password: string };

/** What the screens are shown with: who works there, and the things that their addresses name. */
export type Stage = {
  url: string;
  locale: Locale;
  /** Sees the settings. */
  owner: Person;
  /** Works in the project below. */
  operator: Person;
  /** Has come today and has no ticket: the empty inbox. */
  newcomer: Person;
  project: string;
  /** A conversation with a note. */
  ticket: string;
  contact: string;
  /** A saved view. */
  view: string;
  /** The public key of a chat. */
  chat: string;
  /** A merchant's desk, a payout of it that is in doubt, and the ticket that the payout is. */
  desk: string;
  payout: string;
  doubt: string;
  words: Words;
};

type Words = {
  newcomer: string;
  customer: string;
  subject: string;
  question: string;
  answer: string;
  note: string;
  hint: string;
  second: string;
  team: string;
  label: string;
  view: string;
  desk: string;
  begun: string;
  found: string;
  call: string;
};

const words: Record<Locale, Words> = {
  ru: {
    newcomer: "Вера Лунина",
    customer: "Марина Северцева",
    subject: "Заварник пришёл с трещиной",
    question:
      "Добрый день! Получила сегодня заказ, а у заварника трещина у носика. Коробка целая, внутри всё было обёрнуто. Можно заменить?",
    answer:
      "Марина, здравствуйте! Конечно заменим. Новый отправим завтра утром, разбитый возвращать не нужно. Адрес тот же?",
    hint: "склад снимает эту партию с продажи, клиентам меняем без вопросов.",
    note: "Вторая трещина за неделю из той же партии. Стоит сказать складу.",
    second: "Какой чай подойдёт к этому заварнику?",
    team: "Возвраты",
    label: "замена",
    view: "Ждут больше часа",
    desk: "Чайная лавка",
    begun: "Марина, посылка уже собрана, номер для отслеживания пришлю ",
    found: "заварник",
    call: "Спрашивает, когда приедет курьер, просит позвонить за час",
  },
  en: {
    newcomer: "Nora Field",
    customer: "Miriam Hartley",
    subject: "The teapot came with a crack",
    question:
      "Hello! My order arrived today, and the teapot has a crack at the spout. The box is fine and everything was wrapped. Could you replace it?",
    answer:
      "Hello Miriam, of course. A new one leaves tomorrow morning, and there is no need to send the broken one back. Is the address the same?",
    hint: "the warehouse takes this batch off sale; we replace it without questions.",
    note: "The second crack this week from the same batch. The warehouse should know.",
    second: "Which tea goes well with this teapot?",
    team: "Returns",
    label: "replacement",
    view: "Waiting over an hour",
    desk: "The tea shop",
    begun: "Miriam, the parcel is packed. I will send you the tracking number ",
    found: "teapot",
    call: "Asks when the courier comes, wants a call an hour before",
  },
};

/** Signs a person in without the form: the cookie lands in the browser's profile. */
export async function enter(
  context: BrowserContext,
  url: string,
  { email, password }: Person,
): Promise<void> {
  const answer = await context.request.post(`${url}/v1/session`, {
    data: { email, password },
    headers: { origin: url },
  });
  if (!answer.ok()) throw new Error(`${email} could not sign in: ${answer.status()} ${await answer.text()}`);
}

/** Says something to the server as whoever is signed in on the page. */
async function post(context: BrowserContext, address: string, data: unknown): Promise<void> {
  const answer = await context.request.post(address, { data, headers: { origin: new URL(address).origin } });
  if (!answer.ok()) throw new Error(`${address}: ${answer.status()} ${await answer.text()}`);
}

export async function prefer(
  context: BrowserContext,
  url: string,
  preferences: Record<string, unknown>,
): Promise<void> {
  const answer = await context.request.patch(`${url}/v1/me`, { data: preferences, headers: { origin: url } });
  if (!answer.ok()) throw new Error(`preferences: ${answer.status()} ${await answer.text()}`);
}

/** The demo may have one of that name already. */
async function unlessThere(made: Promise<unknown>): Promise<void> {
  await made.catch((error: unknown) => {
    if (!(error instanceof OknoError && error.code === "already_exists")) throw error;
  });
}

async function makeNewcomer(client: OknoClient, project: string, name: string, locale: Locale) {
  const person = { name, email: `newcomer-${locale}@okno.example`, password: "a long enough password" };
  const { link } = await client.members.invite({
    body: { name, email: person.email, grants: [{ project, role: "operator" }] },
  });
  const token = new URL(link.url).hash.slice(1);
  await client.session.useLink({ body: { token, ...person, locale } });
  return person;
}

type Furnishing = Pick<Stage, "url" | "locale" | "owner" | "operator" | "project" | "chat"> & {
  client: OknoClient;
  /** Where the operator is signed in. */
  context: BrowserContext;
};

/** A conversation, its customer's other ticket, a team, a label, a view and a newcomer, in one language. */
export async function furnish({ client, context, ...given }: Furnishing): Promise<Stage> {
  const { url, locale, project } = given;
  const said = words[locale];
  const latin = locale === "ru" ? "marina" : "miriam";
  const contact = { name: said.customer, email: `${latin}@example.com`, phone: "+7 921 555-01-0" };
  contact.phone += locale === "ru" ? "7" : "8";
  await unlessThere(client.labels.create({ body: { project, name: said.label, hue: "amber", weight: 5 } }));
  const me = (await (await context.request.get(`${url}/v1/session`)).json()) as {
    member: { id: string; name: string };
  };
  const team = { project, name: said.team, hue: "teal" as const, members: [me.member.id] };
  await unlessThere(client.teams.create({ body: team }));
  await client.tickets.create({ body: { project, subject: said.second, body: said.second, contact } });
  const { data: webhooks } = await client.webhooks.list();
  if (webhooks.length === 0)
    await client.webhooks.create({
      body: { project, url: "https://hooks.example.com/okno", events: ["ticket.*"] },
    });
  const ticket = await client.tickets.create({
    body: { project, subject: said.subject, body: said.question, contact },
  });
  const address = `${url}/v1/tickets/${ticket.id}`;
  await post(context, `${address}/actions/claim`, {});
  await post(context, `${address}/actions/set`, { labels: [said.label] });
  await post(context, `${address}/messages`, { body: said.answer, visibility: "public" });
  await post(context, `${address}/messages`, { body: said.note, visibility: "internal" });
  const view = (await (
    await context.request.post(`${url}/v1/views`, {
      headers: { origin: url },
      data: {
        name: said.view,
        icon: "clock",
        hue: "amber",
        sort: "waiting",
        condition: {
          all: [
            { field: "phase", op: "is", value: ["open"] },
            { field: "waiting", op: "longerThan", value: { amount: 1, unit: "hours" } },
          ],
        },
      },
    })
  ).json()) as { id: string };
  const desk = await makeDesk(url, { name: said.desk, project });
  await payOut(url, desk, { amount: "1500.50", destination: "ИП Листова" });
  await payOut(url, desk, { amount: "700", destination: "ИП Листова fail" });
  const doubtful = await doubtfulPayout(client, url, desk);
  const newcomer = await makeNewcomer(client, project, said.newcomer, locale);
  const theirs = await context.browser()?.newContext();
  if (!theirs) throw new Error("there is no browser");
  await enter(theirs, url, newcomer);
  const hint = `@${me.member.name} ${said.hint}`;
  await post(theirs, `${address}/messages`, {
    body: hint,
    visibility: "internal",
    mentions: [me.member.id],
  });
  await theirs.close();
  return {
    ...given,
    newcomer,
    ticket: ticket.id,
    contact: ticket.contact?.id ?? "",
    view: view.id,
    desk,
    payout: doubtful.id,
    doubt: doubtful.ticket,
    words: said,
  };
}
