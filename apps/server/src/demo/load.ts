import { type ActionBodies, type TicketAction, toPublicId } from "@okno/contract";
import type { InboundIdentity } from "@okno/kit";
import { buildDemo } from "../../../../db/demo/index.ts";
import type { Demo, DemoContact, DemoEvent, DemoTicket } from "../../../../db/demo/types.ts";
import type { App, Core } from "../app.ts";
import { insertDrafts } from "../modules/intake/index.ts";
import { addMember, hashPassword } from "../modules/members/index.ts";
import { addMessage, appendCustomerMessage } from "../modules/messages/index.ts";
import { actOnTicket, lockAnyTicket, priorityRank } from "../modules/tickets/index.ts";
import { addChannel, addProject, createWorkspace } from "../modules/workspaces/index.ts";
import { type Queryable, statement, type Transaction } from "../platform/database.ts";
import type { Principal } from "../platform/http/principal.ts";
import { newId } from "../platform/ids.ts";
import { channels } from "../registry.ts";
import { addTeamsAndViews, furnish, giveToTeam } from "./furnish.ts";
import { addSandbox } from "./sandbox.ts";

export const demoPassword = "okno-demo-2026";

const insertTopic = statement(
  "demo.insert_topic",
  "insert into topics (workspace_id, id, project_id, parent_id, name, created_at) values ($1, $2, $3, $4, $5, $6)",
);
const insertLabel = statement(
  "demo.insert_label",
  "insert into labels (workspace_id, id, project_id, name, hue, weight, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
);

/** Words on labels that make a ticket more important in the demo. */
const heavy = /жалоб|безопас|мошен|удерж|security|complaint|важно|urgent/iu;
const hues = ["teal", "blue", "violet", "green", "amber", "pink"];

type Place = {
  projects: Map<string, string>;
  topics: Map<string, string>;
  channels: Map<string, DemoChannelRow>;
  members: Map<string, Principal>;
  teams: Map<string, string>;
};
type DemoChannelRow = { id: string; type: string; dialogue: boolean };
/** The demo's own time: each step happens at its own moment. */
type Scene = { core: Core; workspaceId: string; demo: Demo; place: Place; setNow(at: Date): void };

const manifests = new Map(channels.map(({ manifest }) => [manifest.type, manifest]));

function labelsOf(demo: Demo, project: string): string[] {
  const names = demo.tickets
    .filter((ticket) => ticket.project === project)
    .flatMap((ticket) => [...ticket.labels, ...ticket.events.flatMap((event) => event.set?.labels ?? [])]);
  return [...new Set(names)];
}

async function addChannels(
  { core, demo, place }: Scene,
  tx: Transaction,
  key: string,
  projectId: string,
): Promise<void> {
  const offered = demo.topics.filter((topic) => topic.project === key && !topic.parent).slice(0, 5);
  const configs: Record<string, unknown> = {
    form: { topics: offered.map((topic) => toPublicId("topic", place.topics.get(topic.key) ?? "")) },
    webchat: {},
  };
  for (const [type, config] of Object.entries(configs)) {
    const manifest = manifests.get(type);
    if (!manifest) continue;
    const name = type === "form" ? "Форма на сайте" : "Чат на сайте";
    const { id } = await addChannel(tx, core.clock, {
      projectId,
      type,
      name,
      config: manifest.config.parse(config),
    });
    place.channels.set(`${key} ${type}`, { id, type, dialogue: manifest.capabilities.dialogue });
  }
}

async function addSettings(scene: Scene, tx: Transaction): Promise<void> {
  const { core, demo, place } = scene;
  for (const [index, { key, project, name, parent }] of demo.topics.entries()) {
    const id = newId(core.clock);
    await tx.query(insertTopic, [
      tx.workspaceId,
      id,
      place.projects.get(project),
      parent ? place.topics.get(parent) : null,
      name,
      // The order of topics is the order of their making.
      new Date(core.clock.now().getTime() + index),
    ]);
    place.topics.set(key, id);
  }
  for (const { key } of demo.projects) {
    const projectId = place.projects.get(key) ?? "";
    for (const [index, name] of labelsOf(demo, key).entries()) {
      const hue = heavy.test(name) ? "red" : hues[index % hues.length];
      await tx.query(insertLabel, [
        tx.workspaceId,
        newId(core.clock),
        projectId,
        name,
        hue,
        heavy.test(name) ? 10 : 0,
        core.clock.now(),
      ]);
    }
    await addChannels(scene, tx, key, projectId);
  }
}

async function addPeople({ core, workspaceId, demo, place }: Scene, tx: Transaction): Promise<void> {
  const passwordHash = await hashPassword(demoPassword);
  for (const { key, name, email, role, projects, locale } of demo.members) {
    const ids = projects.map((project) => place.projects.get(project) ?? "");
    const grants = role === "owner" ? [] : ids.map((project_id) => ({ project_id, role }));
    const id = await addMember(tx, core.clock, {
      name,
      email,
      owner: role === "owner",
      grants,
      locale,
      passwordHash,
    });
    place.members.set(key, {
      kind: "member",
      id,
      workspaceId,
      name,
      owner: role === "owner",
      roles: new Map(ids.map((project) => [project, role])),
      scopes: "all",
      sessionId: null,
      party: id,
      mustSign: false,
      unlimited: true,
    });
  }
}

function identitiesOf(contact: DemoContact, ticket: DemoTicket): InboundIdentity[] {
  const claimed = ticket.channel !== "api";
  const addresses = contact.identities
    .filter((identity) => identity.kind !== "webchat")
    .map(({ kind, value }) => ({ kind: kind as "email" | "phone", value, verified: !claimed }));
  // A visitor of a page is known by that page's own token, here one a conversation.
  return claimed
    ? [{ kind: "visitor", value: `demo-${ticket.key}`, verified: true }, ...addresses]
    : addresses;
}

async function openTicket(scene: Scene, tx: Transaction, ticket: DemoTicket, body: string): Promise<string> {
  const { core, demo, place, workspaceId } = scene;
  const contact = demo.contacts.find(({ key }) => key === ticket.contact);
  const channel = place.channels.get(`${ticket.project} ${ticket.channel}`) ?? null;
  const [number] = await core.numbers.take(workspaceId, 1);
  const draft = {
    workspaceId,
    projectId: place.projects.get(ticket.project) ?? "",
    kind: core.inquiry.id,
    flow: core.inquiry.flow,
    subject: ticket.subject,
    body,
    topicId: ticket.topic ? (place.topics.get(ticket.topic) ?? null) : null,
    priority: priorityRank(ticket.priority),
    labels: ticket.labels,
    weight: 0,
    channel,
    externalId: null,
    contact: {
      name: contact?.name ?? null,
      locale: contact?.locale ?? null,
      identities: contact ? identitiesOf(contact, ticket) : [],
    },
    actor: { kind: "contact", id: null } as const,
  };
  const [made] = await insertDrafts(tx, [draft], [number ?? 0], core.clock);
  if (!made) throw new Error("the demo could not open a ticket");
  return made.ticket.id;
}

type AnyAction = { [A in TicketAction]: [action: A, body: ActionBodies[A]] }[TicketAction];

function actionOf({ place }: Scene, event: DemoEvent): AnyAction | undefined {
  const to = toPublicId(
    "member",
    place.members.get(event.to ?? "")?.id ?? "00000000-0000-0000-0000-000000000000",
  );
  switch (event.type) {
    case "claim":
      return ["claim", {}];
    case "assign":
      return ["assign", { member: to }];
    case "transfer":
      return ["transfer", { member: to, note: event.note ?? "" }];
    case "complete":
      return ["complete", event.outcome ? { outcome: event.outcome } : {}];
    case "postpone":
      return ["postpone", event.until ? { until: event.until.toISOString() } : { untilReply: true }];
    case "reopen":
      return ["reopen", {}];
    case "set": {
      const { topic, priority, labels } = event.set ?? {};
      const topicId = topic && place.topics.get(topic);
      return [
        "set",
        {
          ...(topicId && { topic: toPublicId("topic", topicId) }),
          ...(priority && { priority }),
          ...(labels && { labels }),
        },
      ];
    }
    default:
      return undefined;
  }
}

async function customerWrites(
  { core, workspaceId }: Scene,
  tx: Transaction,
  ticketId: string,
  body: string,
): Promise<void> {
  const ticket = await lockAnyTicket(tx, workspaceId, ticketId);
  if (!ticket) throw new Error("the demo lost a ticket");
  const { contact_id: contactId, channel_id: channelId } = ticket;
  await appendCustomerMessage(core, tx, ticket, {
    contactId,
    channelId,
    externalId: null,
    body,
    actor: { kind: "contact", id: contactId },
  });
}

async function memberActs(scene: Scene, tx: Transaction, ticketId: string, event: DemoEvent): Promise<void> {
  const { core, place } = scene;
  const principal = place.members.get(event.by);
  if (!principal) throw new Error(`the demo has no member ${event.by}`);
  const id = toPublicId("ticket", ticketId);
  const action = actionOf(scene, event);
  if (action) await actOnTicket(core, tx, principal, id, ...(action as ["reopen", ActionBodies["reopen"]]));
  else {
    const visibility = event.type === "note" ? "internal" : "public";
    const message = { body: event.body ?? "", visibility, from: "us" } as const;
    await addMessage(core, tx, principal, id, {
      ...message,
      attachments: [],
      mentions: [],
      // What the demo tells of was sent long ago.
      holdSeconds: 0,
    });
  }
}

async function play(scene: Scene): Promise<void> {
  const { core, demo, workspaceId } = scene;
  const ids = new Map<string, string>();
  const steps = demo.tickets.flatMap((ticket) =>
    ticket.events.map((event, index) => ({ ticket, event, first: index === 0 })),
  );
  steps.sort((a, b) => a.event.at.getTime() - b.event.at.getTime());
  for (const { ticket, event, first } of steps) {
    scene.setNow(event.at);
    await core.db.transaction(workspaceId, async (tx) => {
      if (first) {
        const id = await openTicket(scene, tx, ticket, event.body ?? "");
        ids.set(ticket.key, id);
        await giveToTeam({ core, ...scene.place }, tx, ticket, id);
      } else if (event.by === "customer")
        await customerWrites(scene, tx, ids.get(ticket.key) ?? "", event.body ?? "");
      else await memberActs(scene, tx, ids.get(ticket.key) ?? "", event);
    });
  }
}

/** Plays the demo through the same operations that people use, each at its own time. @returns how to sign in, in words. */
export async function loadDemo(app: App): Promise<string[]> {
  const start = app.core.clock.now();
  const demo = buildDemo({ now: start });
  let now = new Date(Math.min(...demo.tickets.map((ticket) => ticket.createdAt.getTime())) - 86_400_000);
  const core: Core = { ...app.core, clock: { now: () => now } };
  const place: Place = {
    projects: new Map(),
    topics: new Map(),
    channels: new Map(),
    members: new Map(),
    teams: new Map(),
  };
  const [first, ...others] = demo.projects;
  if (!first) throw new Error("the demo has no project");
  const { workspaceId, projectId } = await createWorkspace(core, {
    name: demo.workspace.name,
    demo: true,
    project: first,
  });
  place.projects.set(first.key, projectId);
  const scene: Scene = {
    core,
    workspaceId,
    demo,
    place,
    setNow(at) {
      now = at;
    },
  };
  await core.db.transaction(workspaceId, async (tx) => {
    for (const project of others) {
      // One after the other also by the clock: the order of projects is the order of their making.
      now = new Date(now.getTime() + 60_000);
      place.projects.set(project.key, await addProject(tx, core.clock, project));
    }
    for (const project of demo.projects) await rememberApiChannel(tx, place, project.key);
    await addSettings(scene, tx);
    await addPeople(scene, tx);
    await addTeamsAndViews({ core, ...place }, tx);
  });
  core.catalogs.forget(workspaceId);
  await play(scene);
  scene.setNow(start);
  const locales = new Map(demo.projects.map(({ key, locale }) => [key, locale]));
  await core.db.transaction(workspaceId, async (tx) => {
    await furnish({ core, ...place }, tx, locales);
    await addSandbox(core, tx, projectId);
  });
  app.core.poke();
  return demoSignIn(demo);
}

const findApiChannel = statement(
  "demo.find_api_channel",
  "select id from channels where workspace_id = $1 and project_id = $2 and type = 'api'",
);

async function rememberApiChannel(
  tx: Queryable & { workspaceId: string },
  place: Place,
  key: string,
): Promise<void> {
  const [row] = await tx.query<{ id: string }>(findApiChannel, [tx.workspaceId, place.projects.get(key)]);
  if (row) place.channels.set(`${key} api`, { id: row.id, type: "api", dialogue: false });
}

/** The words printed at every start of a demo. */
export function demoSignIn(demo: Demo = buildDemo({ now: new Date() })): string[] {
  return [`Demo: sign in as ${demo.members[0]?.email} with the password ${demoPassword}`];
}
