import { exampleId, type Route, routes } from "@okno/contract";
import { call, type Input } from "./calls.ts";
import { confirmations } from "./confirmation-samples.ts";
import { people, session } from "./people-samples.ts";
import { browserSubscription } from "./personal.ts";
import { stepUpSamples } from "./step-up-samples.ts";
import { looking } from "./view-samples.ts";
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

const settings: Pick<Samples, "projects" | "topics" | "labels" | "teams" | "channels"> = {
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
  teams: {
    list: () => ({}),
    create: (place) => ({ body: { project: place.project, name: fresh("Команда") } }),
    update: (place) => ({ params: { id: place.team }, body: { hue: "red" } }),
    archive: async (place, { t, here }) => {
      if (place !== here) return { params: { id: place.team } };
      const team = await t.client.teams.create({ body: { project: place.project, name: fresh("Лишняя") } });
      return { params: { id: team.id } };
    },
  },
  channels: {
    list: () => ({}),
    types: () => ({}),
    create: (place) => ({ body: { project: place.project, type: "webchat", name: fresh("Чат") } }),
    update: (place) => ({ params: { id: place.channel }, body: { name: fresh("Чат") } }),
  },
};

async function someContact(place: Place, { t }: World): Promise<string> {
  return (await t.client.contacts.create({ body: { project: place.project, name: fresh("Двойник") } })).id;
}

/** An address of the place's contact, which anybody may try to change. */
async function withIdentity(place: Place, { t, here }: World) {
  const params = { id: place.contact };
  if (place !== here) return { params: { ...params, identity: place.identity } };
  const value = `${fresh("mail").replace(" ", "")}@example.com`;
  const { identities } = await t.client.contacts.addIdentity({ params, body: { kind: "email", value } });
  return { params: { ...params, identity: identities.find((each) => each.value === value)?.id ?? "" } };
}

const chat: Pick<Samples, "channelSecrets" | "readMarks"> = {
  channelSecrets: {
    list: (place) => ({ params: { id: place.channel } }),
    create: async (place, world) => ({ params: { id: await freshChannel(place, world) } }),
    remove: async (place, world) => {
      const id = await freshChannel(place, world);
      const secret =
        place === world.here
          ? (await world.t.client.channelSecrets.create({ params: { id } })).entry.id
          : exampleId("secret");
      return { params: { id, secret } };
    },
  },
  readMarks: { mark: (place) => ({ ...upon(place), body: { upTo: 1 } }) },
};

/** One of its own, since a channel holds two secrets at most. */
async function freshChannel(place: Place, { t, here }: World): Promise<string> {
  if (place !== here) return place.channel;
  const body = { project: place.project, type: "webchat", name: fresh("Чат") };
  return (await t.client.channels.create({ body })).id;
}

const work: Pick<
  Samples,
  | "tickets"
  | "actions"
  | "messages"
  | "drafts"
  | "attachments"
  | "contacts"
  | "contactFields"
  | "search"
  | "events"
> = {
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
    withdraw: async (place, world) => {
      if (place !== world.here) return { params: { id: place.ticket, message: place.message } };
      const body = { body: "Заберу назад", holdSeconds: 60 };
      const { json } = await call(world, routes.messages.add as Route, world.fullKey, {
        ...upon(place),
        body,
      });
      return { params: { id: place.ticket, message: (json as { id: string }).id }, by: world.fullKey };
    },
  },
  drafts: {
    list: () => ({}),
    get: upon,
    put: async (place, world) => {
      const body = { reply: "Начато и не отправлено", version: 0 };
      if (place !== world.here) return { ...upon(place), body };
      const ticket = await world.t.client.tickets.create({
        body: { subject: "С черновиком", body: "…", project: place.project },
      });
      return { params: { id: ticket.id }, body };
    },
    remove: upon,
  },
  attachments: {
    upload: () => ({ form: textFile() }),
    get: (place) => ({ params: { id: place.attachment } }),
  },
  contactFields: {
    list: () => ({}),
    create: (place) => ({ body: { project: place.project, name: fresh("Поле"), kind: "text" } }),
    update: (place) => ({ params: { id: place.contactField }, body: { name: fresh("Город") } }),
    archive: async (place, { t, here }) => {
      if (place !== here) return { params: { id: place.contactField } };
      const body = { project: place.project, name: fresh("Лишнее"), kind: "number" as const };
      return { params: { id: (await t.client.contactFields.create({ body })).id } };
    },
  },
  contacts: {
    list: () => ({}),
    get: (place) => ({ params: { id: place.contact } }),
    create: (place) => ({ body: { project: place.project, name: fresh("Клиент") } }),
    addIdentity: (place) => ({
      params: { id: place.contact },
      body: { kind: "email", value: `${fresh("Mail").replace(" ", "")}@Example.com` },
    }),
    updateIdentity: async (place, world) => ({
      ...(await withIdentity(place, world)),
      body: { value: `${fresh("other").replace(" ", "")}@example.com` },
    }),
    removeIdentity: withIdentity,
    merge: async (place, world) => ({
      params: { id: place === world.here ? await someContact(place, world) : place.contact },
      body: { into: world.here.contact },
    }),
    unmerge: async (place, world) => {
      if (place !== world.here) return { params: { id: place.contact } };
      const id = await someContact(place, world);
      await world.t.client.contacts.merge({ params: { id }, body: { into: place.contact } });
      return { params: { id } };
    },
    update: async (place, { t, here }) => {
      const params = { id: place.contact };
      const { version } =
        place === here ? await t.client.contacts.get({ params }) : { version: place.contactVersion };
      return { params, body: { note: "Звонить после шести", version } };
    },
  },
  search: {
    tickets: () => ({ query: { q: "после:2020-01-01", limit: "100" } }),
    suggest: () => ({ query: { q: "ан" } }),
  },
  events: { list: () => ({}), stream: () => ({}) },
};

/** Another ticket of the place; where nobody here may create one, the place's own. */
async function neighbourOf(place: Place, { t, here }: World): Promise<string> {
  if (place !== here) return place.ticket;
  const body = { subject: "Рядом", body: "…", project: place.project };
  return (await t.client.tickets.create({ body })).id;
}

/** Two tickets of one contact. */
async function twoOfOne(place: Place, { t }: World): Promise<[string, string]> {
  const contact = { email: `${fresh("one").replace(" ", "")}@example.com` };
  const open = async (subject: string) =>
    (await t.client.tickets.create({ body: { subject, body: "…", contact, project: place.project } })).id;
  return [await open("Ещё раз о том же"), await open("О том же")];
}

const merging: Samples["merging"] = {
  merge: async (place, world) => {
    if (place !== world.here) return { ...upon(place), body: { into: exampleId("ticket") } };
    const [id, into] = await twoOfOne(place, world);
    return { params: { id }, body: { into } };
  },
  unmerge: async (place, world) => {
    if (place !== world.here) return upon(place);
    const [id, into] = await twoOfOne(place, world);
    await world.t.client.merging.merge({ params: { id }, body: { into } });
    return { params: { id } };
  },
  split: async (place, world) => {
    const body = { subject: "Отдельно", following: false };
    if (place !== world.here) return { params: { id: place.ticket, message: place.message }, body };
    const [id] = await twoOfOne(place, world);
    const message = await world.t.client.messages.add({
      params: { id },
      body: { body: "И ещё", from: "customer" },
    });
    return { params: { id, message: message.id }, body };
  },
};

const oneWebhook = (place: Place) => ({ params: { id: place.webhook } });
const webhooks: Samples["webhooks"] = {
  list: () => ({}),
  get: oneWebhook,
  create: (place) => ({ body: { project: place.project, url: "http://127.0.0.1:9/new" } }),
  update: (place) => ({ ...oneWebhook(place), body: { description: fresh("Склад") } }),
  remove: async (place, { t, here }) => {
    if (place !== here) return oneWebhook(place);
    const body = { project: place.project, url: "http://127.0.0.1:9/gone" };
    return { params: { id: (await t.client.webhooks.create({ body })).webhook.id } };
  },
  rotateSecret: (place) => ({ ...oneWebhook(place), body: {} }),
  test: oneWebhook,
  replay: (place, world) => ({ ...oneWebhook(place), body: { since: inAnHour(world) } }),
  deliveries: () => ({ query: { limit: "100" } }),
  delivery: (place) => ({ params: { id: place.webhookDelivery } }),
  replayDelivery: (place) => ({ params: { id: place.webhookDelivery } }),
};

const noBulk = () => exampleId("bulk");
const urgentHere = (place: Place) => ({
  body: { action: "set", body: { priority: "high" }, match: { ids: [place.ticket] } },
});

const bulk: Samples["bulk"] = {
  preview: urgentHere,
  start: urgentHere,
  list: () => ({}),
  get: async (place, world) => ({ params: { id: await begunBulk(place, world) }, by: world.fullKey }),
  cancel: async (place, world) => ({ params: { id: await begunBulk(place, world) }, by: world.fullKey }),
  undo: async (place, world) => ({ params: { id: await begunBulk(place, world) }, by: world.fullKey }),
};

/** A bulk belongs to whoever began it: only the world's full key can look at this one. */
async function begunBulk(place: Place, world: World): Promise<string> {
  if (place !== world.here) return noBulk();
  const begun = await call(world, routes.bulk.start as Route, world.fullKey, urgentHere(place));
  return (begun.json as { id: string }).id;
}

const together: Pick<Samples, "followers" | "links" | "presence"> = {
  followers: {
    list: upon,
    add: (place) => ({ params: { id: place.ticket, member: place.member } }),
    remove: (place) => ({ params: { id: place.ticket, member: place.member } }),
  },
  links: {
    list: upon,
    put: async (place, world) => ({
      params: { id: place.ticket, other: await neighbourOf(place, world) },
      body: { relation: "related" },
    }),
    remove: async (place, world) => ({
      params: { id: place.ticket, other: await neighbourOf(place, world) },
    }),
  },
  presence: {
    announce: (place) => ({ body: { ticket: place.ticket, doing: "viewing" } }),
    setStatus: (_place, world) => ({
      body: { status: "busy", until: inAnHour(world) },
    }),
  },
};

const personal: Pick<Samples, "notifications" | "push"> = {
  push: {
    key: () => ({}),
    subscribe: () => ({ body: browserSubscription().body }),
    unsubscribe: async (_place, world) => {
      const person = await world.newPerson();
      const { id } = await person.client.push.subscribe({ body: browserSubscription().body });
      return { params: { id }, by: cookieOf(person) };
    },
  },
  notifications: {
    list: () => ({ query: { unread: "true" } }),
    counts: () => ({}),
    read: (place) => ({ body: { ticket: place.ticket } }),
    settings: () => ({}),
    changeSettings: () => ({ body: { sound: false } }),
  },
};

export const samples: Samples = {
  session,
  stepUp: stepUpSamples,
  ...people,
  ...looking,
  ...settings,
  ...chat,
  ...work,
  confirmations,
  ...together,
  merging,
  bulk,
  ...personal,
  webhooks,
};
