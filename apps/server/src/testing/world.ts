import { type Scope, scopes } from "@okno/contract";
import { createClient, type OknoClient } from "@okno/sdk";
import { createFirstOwnerLink, linkUrl } from "../modules/members/index.ts";
import { verifyCounts } from "../modules/tickets/index.ts";
import { createWorkspace } from "../modules/workspaces/index.ts";
import { createLog } from "../platform/log.ts";
import { fillPayouts, type PayoutPlace } from "./fixtures/payout-world.ts";
import { openBrowser, type Person, signUp, testPassword } from "./people.ts";
import { fillPersonal } from "./personal.ts";
import { startTestApp, type TestApp } from "./test-app.ts";

/** One of each resource, all in one project. Values are public ids. */
export type Place = PayoutPlace & {
  project: string;
  ticket: string;
  message: string;
  attachment: string;
  contact: string;
  contactVersion: number;
  identity: string;
  contactField: string;
  confirmation: string;
  topic: string;
  label: string;
  team: string;
  view: string;
  channel: string;
  channelKey: string;
  member: string;
  session: string;
  key: string;
  webhook: string;
  webhookDelivery: string;
};

/** Who calls: the headers that carry the credentials. */
export type Caller = Record<string, string>;

export const callerNames = [
  "anonymous",
  "nobody",
  "elsewhere",
  "adminElsewhere",
  "operator",
  "supervisor",
  "admin",
  "owner",
  "foreigner",
] as const;
export type CallerName = (typeof callerNames)[number];

export type World = {
  t: TestApp;
  callers: Record<CallerName, Caller>;
  /** A key of an owner's role that holds every scope but this one. */
  keyWithout(scope: Scope): Caller;
  /** A key that holds everything. */
  fullKey: Caller;
  here: Place;
  /** Another project of the same workspace. */
  there: Place;
  /** Another workspace. */
  abroad: Place;
  /** A fresh person in the first project. */
  newPerson(role?: "operator" | "supervisor" | "admin"): Promise<Person>;
  close(): Promise<void>;
};

export function cookieOf(person: Pick<Person, "cookies">): Caller {
  return { cookie: [...person.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
}

let uploads = 0;

/** A small text file, each with bytes of its own. */
export function textFile(name = "note.txt", content = `file ${uploads++}`): FormData {
  const form = new FormData();
  form.set("file", new Blob([content], { type: "text/plain" }), name);
  return form;
}

async function fill(
  client: OknoClient,
  project: string,
  person: Pick<Place, "member" | "session">,
): Promise<Omit<Place, keyof PayoutPlace>> {
  const file = await client.attachments.upload({ form: textFile() });
  const contact = { name: "Анна", email: "anna@example.com" };
  const ticket = await client.tickets.create({
    body: { subject: "Где заказ", body: "Жду", contact, project, attachments: [file.id] },
  });
  const [message] = (await client.messages.list({ params: { id: ticket.id } })).data;
  const contactId = ticket.contact?.id ?? "";
  const double = await client.contacts.create({ body: { project, name: "Двойник" } });
  await client.contacts.merge({ params: { id: double.id }, body: { into: contactId } });
  const { version, identities } = await client.contacts.get({ params: { id: contactId } });
  const field = await client.contactFields.create({ body: { project, name: "Город", kind: "text" } });
  const beside = await client.tickets.create({ body: { subject: "Рядом", body: "Тоже жду", project } });
  await client.links.put({ params: { id: ticket.id, other: beside.id }, body: { relation: "related" } });
  await client.followers.add({ params: { id: beside.id, member: person.member } });
  const topic = await client.topics.create({ body: { project, name: "Доставка заказа" } });
  const { confirmation } = await client.confirmations.ask({
    params: { id: ticket.id },
    body: { method: "approval", text: "Вернуть деньги" },
  });
  const label = await client.labels.create({ body: { project, name: "срочно" } });
  const team = await client.teams.create({
    body: { project, name: "Первая линия", members: [person.member] },
  });
  const view = await client.views.create({
    body: { name: "Срочные", condition: { all: [] }, shared: true, project },
  });
  await client.actions.set({ params: { id: ticket.id }, body: { labels: ["срочно"] } });
  const channel = await client.channels.create({ body: { project, type: "webchat", name: "Чат" } });
  await client.channelSecrets.create({ params: { id: channel.id } });
  const { key } = await client.keys.create({
    body: { name: "Ключ", scopes: ["tickets:read"], projects: [project] },
  });
  // A port where nobody listens: what comes of the test is a failure, at once.
  const { webhook } = await client.webhooks.create({ body: { project, url: "http://127.0.0.1:9/hook" } });
  const test = await client.webhooks.test({ params: { id: webhook.id } });
  return {
    project,
    ticket: ticket.id,
    message: message?.id ?? "",
    attachment: file.id,
    contact: contactId,
    contactVersion: version,
    identity: identities[0]?.id ?? "",
    contactField: field.id,
    confirmation: confirmation.id,
    topic: topic.id,
    label: label.id,
    team: team.id,
    view: view.id,
    channel: channel.id,
    channelKey: channel.publicKey,
    key: key.id,
    webhook: webhook.id,
    webhookDelivery: test.id,
    ...person,
  };
}

const idsOf = async ({ client }: Pick<Person, "client">) => {
  const me = await client.session.me();
  return { member: me.member.id, session: me.session };
};

/** A standing merge, a split and a bulk. */
async function fillMoves(client: OknoClient, project: string): Promise<void> {
  const contact = { email: "moves@example.com" };
  const open = (subject: string) => client.tickets.create({ body: { subject, body: "…", contact, project } });
  const [a, b] = [await open("Одно"), await open("То же")];
  await client.merging.merge({ params: { id: a.id }, body: { into: b.id } });
  const [message] = (await client.messages.list({ params: { id: b.id } })).data;
  await client.merging.split({
    params: { id: b.id, message: message?.id ?? "" },
    body: { subject: "Отдельно" },
  });
  await client.bulk.start({ body: { action: "set", body: { priority: "high" }, match: { ids: [b.id] } } });
}

async function foreignOwner(t: TestApp) {
  const project = { name: "Чужой", locale: "ru", timeZone: "Europe/Moscow", accent: "#0f766e" } as const;
  const { workspaceId } = await createWorkspace(t, { name: "Другая фирма", project });
  const { token } = await createFirstOwnerLink(t.db, t.clock, workspaceId);
  const browser = openBrowser(t);
  const body = {
    token: linkUrl("", token).split("#")[1] ?? "",
    name: "Чужой",
    email: "foreign@example.com",
    password: testPassword,
  };
  await browser.client.session.useLink({ body });
  return browser;
}

/** Two projects and two workspaces with everything in them, and somebody of every standing. */
export async function createWorld(): Promise<World> {
  const t = await startTestApp();
  const other = await t.client.projects.create({ body: { name: "Другой проект" } });
  const inHere = (role: "operator" | "supervisor" | "admin") => signUp(t, { grants: { [t.project]: role } });
  const operator = await inHere("operator");
  const supervisor = await inHere("supervisor");
  const admin = await inHere("admin");
  const owner = await signUp(t, { owner: true });
  const elsewhere = await signUp(t, { grants: { [other.id]: "operator" } });
  const adminElsewhere = await signUp(t, { grants: { [other.id]: "admin" } });
  const nobody = await signUp(t);
  const foreigner = await foreignOwner(t);

  const keys = new Map<Scope | "all", string>();
  for (const missing of ["all", ...scopes] as const) {
    const held = scopes.filter((scope) => scope !== missing);
    keys.set(
      missing,
      (await t.client.keys.create({ body: { name: `без ${missing}`, role: "owner", scopes: held } })).secret,
    );
  }
  const bearer = (name: Scope | "all") => ({ authorization: `Bearer ${keys.get(name)}` });
  const fullClient = createClient({ baseUrl: t.url, key: keys.get("all") ?? "" });
  const foreignProject = (await foreigner.client.projects.list()).data[0]?.id ?? "";

  const full = bearer("all");
  const here = {
    ...(await fill(fullClient, t.project, await idsOf(operator))),
    ...(await fillPayouts(t, full, t.project)),
  };
  await operator.client.drafts.put({ params: { id: here.ticket }, body: { reply: "Начато", version: 0 } });

  const there = {
    ...(await fill(fullClient, other.id, await idsOf(elsewhere))),
    ...(await fillPayouts(t, full, other.id)),
  };
  const abroad = {
    ...(await fill(foreigner.client, foreignProject, await idsOf(foreigner))),
    ...(await fillPayouts(t, cookieOf(foreigner), foreignProject)),
  };
  await fillPersonal(t, operator, here.ticket);
  await fillMoves(fullClient, t.project);
  await fillPersonal(t, foreigner, abroad.ticket);
  await operator.client.views.arrange({ body: { order: [here.view], hidden: [] } });
  await verifyCounts({ ...t.app.core, log: createLog("silent") });

  return {
    t,
    callers: {
      anonymous: {},
      nobody: cookieOf(nobody),
      elsewhere: cookieOf(elsewhere),
      adminElsewhere: cookieOf(adminElsewhere),
      operator: cookieOf(operator),
      supervisor: cookieOf(supervisor),
      admin: cookieOf(admin),
      owner: cookieOf(owner),
      foreigner: cookieOf(foreigner),
    },
    keyWithout: bearer,
    fullKey: bearer("all"),
    here,
    there,
    abroad,
    newPerson: (role = "operator") => inHere(role),
    close: () => t.close(),
  };
}
