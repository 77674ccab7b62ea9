import type { routes } from "@okno/contract";
import type { Input } from "./calls.ts";
import { type Caller, cookieOf, type Place, textFile, type World } from "./world.ts";

/** A good call of a route upon a place; `by`: where only somebody in particular can make it. */
export type Sample = Input & { by?: Caller };
type Make = (place: Place, world: World) => Sample | Promise<Sample>;
type Tables = typeof routes;

/** One good call for every route of the contract: a route without one does not compile. */
export type Samples = { [G in keyof Tables]: { [R in keyof Tables[G]]: Make } };

let made = 0;
const fresh = (word: string) => `${word} ${++made}`;
const inAnHour = (world: World) => new Date(world.t.clock.now().getTime() + 3_600_000).toISOString();
const upon = (place: Place) => ({ params: { id: place.ticket } });

const session: Samples["session"] = {
  signIn: async (_place, world) => ({
    body: { email: (await world.newPerson()).email, password: "correct horse battery" },
  }),
  me: () => ({}),
  list: () => ({}),
  signOut: async (_place, world) => ({ by: cookieOf(await world.newPerson()) }),
  revoke: async (place, world) => {
    if (place !== world.here) return { params: { id: place.session } };
    const person = await world.newPerson();
    const { session: id } = await person.client.session.me();
    return { params: { id }, by: cookieOf(person) };
  },
  updateMe: () => ({ body: { theme: "dark" } }),
  changePassword: async (_place, world) => ({
    body: { current: "correct horse battery", next: "another horse battery" },
    by: cookieOf(await world.newPerson()),
  }),
  checkLink: async (_place, world) => ({ body: { token: (await freshLink(world)).token } }),
  useLink: async (_place, world) => ({
    body: { ...(await freshLink(world)), name: "Новая", password: "correct horse battery" },
  }),
};

async function freshLink({ t }: World): Promise<{ token: string; email: string }> {
  const email = `${fresh("invited").replace(" ", "")}@example.com`;
  const { link } = await t.client.members.invite({ body: { name: "Гость", email } });
  return { token: link.url.split("#")[1] ?? "", email };
}

const people: Pick<Samples, "members" | "keys"> = {
  members: {
    list: () => ({}),
    invite: (place) => ({
      body: {
        name: "Новый",
        email: `${fresh("hire").replace(" ", "")}@example.com`,
        grants: [{ project: place.project, role: "operator" }],
      },
    }),
    update: (place) => ({ params: { id: place.member }, body: { name: fresh("Имя") } }),
    link: (place) => ({ params: { id: place.member } }),
  },
  keys: {
    list: () => ({}),
    create: (place) => ({
      body: { name: fresh("Ключ"), scopes: ["tickets:read"], projects: [place.project] },
    }),
    revoke: async (place, { t, here }) => {
      if (place !== here) return { params: { id: place.key } };
      const body = { name: fresh("Ключ"), scopes: ["tickets:read" as const], projects: [place.project] };
      return { params: { id: (await t.client.keys.create({ body })).key.id } };
    },
  },
};

const settings: Pick<Samples, "projects" | "topics" | "labels" | "channels"> = {
  projects: {
    list: () => ({}),
    create: () => ({ body: { name: fresh("Проект") } }),
    update: (place) => ({ params: { id: place.project }, body: { accent: "#123456" } }),
  },
  topics: {
    list: () => ({}),
    report: () => ({}),
    create: (place) => ({
      body: { project: place.project, parent: place.topic, name: fresh("Курьер опоздал") },
    }),
    update: (place) => ({ params: { id: place.topic }, body: { name: fresh("Доставка") } }),
    archive: async (place, { t, here }) => {
      if (place !== here) return { params: { id: place.topic } };
      return {
        params: {
          id: (await t.client.topics.create({ body: { project: place.project, name: fresh("Лишняя") } })).id,
        },
      };
    },
  },
  labels: {
    list: () => ({}),
    create: (place) => ({ body: { project: place.project, name: fresh("метка") } }),
    update: (place) => ({ params: { id: place.label }, body: { hue: "red" } }),
  },
  channels: {
    list: () => ({}),
    types: () => ({}),
    create: (place) => ({ body: { project: place.project, type: "webchat", name: fresh("Чат") } }),
    update: (place) => ({ params: { id: place.channel }, body: { name: fresh("Чат") } }),
  },
};

const work: Pick<Samples, "tickets" | "actions" | "messages" | "attachments" | "contacts" | "events"> = {
  tickets: {
    create: (place) => ({ body: { subject: "Вопрос", body: "Где?", project: place.project } }),
    list: () => ({}),
    counts: () => ({}),
    get: upon,
    events: upon,
  },
  actions: {
    claim: async (place, world) => {
      if (place !== world.here) return upon(place);
      const ticket = await world.t.client.tickets.create({
        body: { subject: "Ничей", body: "…", project: place.project },
      });
      return { params: { id: ticket.id } };
    },
    assign: (place, { here }) => ({ ...upon(place), body: { member: here.member } }),
    transfer: (place, { here }) => ({ ...upon(place), body: { member: here.member, note: "Передаю" } }),
    complete: async (place, world) => {
      if (place !== world.here) return upon(place);
      const ticket = await world.t.client.tickets.create({
        body: { subject: "К закрытию", body: "…", project: place.project },
      });
      return { params: { id: ticket.id }, body: {} };
    },
    postpone: (place, world) => ({ ...upon(place), body: { until: inAnHour(world) } }),
    reopen: async (place, world) => {
      if (place !== world.here) return upon(place);
      const ticket = await world.t.client.tickets.create({
        body: { subject: "Закрытая", body: "…", project: place.project },
      });
      await world.t.client.actions.complete({ params: { id: ticket.id }, body: {} });
      return { params: { id: ticket.id } };
    },
    set: (place) => ({ ...upon(place), body: { priority: "high" } }),
  },
  messages: {
    list: upon,
    get: (place) => ({ params: { id: place.ticket, message: place.message } }),
    add: (place) => ({ ...upon(place), body: { body: "Отвечаем" } }),
  },
  attachments: {
    upload: () => ({ form: textFile() }),
    get: (place) => ({ params: { id: place.attachment } }),
  },
  contacts: {
    get: (place) => ({ params: { id: place.contact } }),
    update: async (place, { t, here }) => {
      const params = { id: place.contact };
      const { version } =
        place === here ? await t.client.contacts.get({ params }) : { version: place.contactVersion };
      return { params, body: { note: "Звонить после шести", version } };
    },
  },
  events: { list: () => ({}), stream: () => ({}) },
};

export const samples: Samples = { session, ...people, ...settings, ...work };
