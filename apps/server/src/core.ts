import { flowProblems } from "@okno/kit";
import {
  createTypingWatchers,
  createWatchers,
  loadAssets,
  type PublicRouteDeps,
} from "./modules/channels/index.ts";
import {
  type ConfirmationDeps,
  createConfirmationSecrets,
  createConfirmations,
} from "./modules/confirmations/index.ts";
import { createDirectoryStorage, type Storage } from "./modules/files/index.ts";
import { createTicketIntake, createTicketOperation } from "./modules/intake/index.ts";
import { type Hub, startHub, startSequencer } from "./modules/journal/index.ts";
import { joinKinds, type KindHalves } from "./modules/kinds/index.ts";
import { type Authenticator, createAuthenticator } from "./modules/members/index.ts";
import { createNotificationFeed, type NotificationFeed } from "./modules/notifications/index.ts";
import { type Presence, startPresence } from "./modules/presence/index.ts";
import { createVapid, type Vapid } from "./modules/push/index.ts";
import { listFoundTickets } from "./modules/search/index.ts";
import { type Catalogs, createCatalogs } from "./modules/settings/index.ts";
import { createNumbers, type FlowOf, type TicketDeps } from "./modules/tickets/index.ts";
import { viewOfList } from "./modules/views/index.ts";
import { createCallbacks, type Webhooks } from "./modules/webhooks/index.ts";
import type { Clock } from "./platform/clock.ts";
import type { Database } from "./platform/database.ts";
import { createWorkSignal, type WorkSignal } from "./platform/jobs.ts";
import type { Log } from "./platform/log.ts";
import { createMetrics, type Metrics } from "./platform/metrics.ts";
import { readAllowList } from "./platform/outgoing/addresses.ts";
import { createOutgoing, type Outgoing } from "./platform/outgoing/client.ts";
import { createSealer } from "./platform/seal.ts";
import { channels, kinds } from "./registry.ts";
import { version } from "./version.ts";

export type AppSettings = {
  adminApiKey: string | undefined;
  publicUrl: string | undefined;
  filesDir: string;
  secretKey: string;
  trustProxy: boolean;
  /** Hosts that are posted to as push services besides the browsers' own. */
  pushServices?: readonly string[];
  /** Hosts and networks inside that outsiders' addresses may lead to. */
  outgoingAllow?: readonly string[];
  /** Which doors this process opens: the API with the console's side, the public routes of channels; both if absent. */
  doors?: { api: boolean; channels: boolean };
};

export type AppDeps = { db: Database; clock: Clock; log: Log; settings: AppSettings };

/** What calls, jobs, the command line and the demo work with. */
export type Core = TicketDeps &
  PublicRouteDeps &
  ConfirmationDeps & {
    hub: Hub;
    metrics: Metrics;
    flowOf: FlowOf;
    presence: Presence;
    notifications: NotificationFeed;
    vapid: Vapid;
    log: Log;
    storage: Storage;
    /** How a push service reaches whoever runs this installation. */
    contact: string;
    pushServices: readonly string[];
    /** What the server halves of kinds bring. */
    kinds: KindHalves;
    /** Wakes this process's worker. */
    work: WorkSignal;
    /** Calls addresses that outsiders chose. */
    outgoing: Outgoing;
    webhooks: Webhooks;
  };

const kindsById = new Map(kinds.map(({ manifest }) => [manifest.id, manifest]));

/** The flow of a kind. @throws for a kind this installation does not have. */
const flowOf: FlowOf = (id) => {
  const kind = kindsById.get(id);
  if (!kind) throw new Error(`this installation has no kind ${id}`);
  return kind.flow;
};

/** @throws when a kind's flow is broken: such an installation does not start. */
function requireSoundFlows(): void {
  const problems = kinds.flatMap(({ manifest: { id, flow } }) =>
    flowProblems(flow).map((problem) => `${id}: ${problem}`),
  );
  if (problems.length > 0) throw new Error(`a flow is broken:\n${problems.join("\n")}`);
}

export const channelServers = new Map(channels.map((server) => [server.manifest.type, server]));

/** Settings events after which the cached catalogue of a workspace is old. */
const settingsEvent = /^(project|topic|label|team|channel)\./u;
/** How a member wishes to be seen says nothing of what they may do. */
const accessEvent = /^(?:member\.(?!status_changed)|(?:key|session|password|project)\.)/u;

/** What was cached of a workspace is forgotten when the journal says that it changed. */
function forgetWhatChanged(hub: Hub, catalogs: Catalogs, authenticator: Authenticator): void {
  hub.listenToSettings((rows) => {
    for (const row of rows) {
      if (settingsEvent.test(row.type)) catalogs.forget(row.workspace_id);
      if (accessEvent.test(row.type)) authenticator.forget(row.workspace_id);
    }
  });
}

/** Push services want an address to write to; one of a private installation is as good as none. */
function contactOf(publicUrl: string | undefined): string {
  return publicUrl?.startsWith("https:") ? publicUrl : "mailto:okno@localhost.localdomain";
}

/** Says to receivers who calls them. */
function userAgentOf(publicUrl: string | undefined): string {
  return publicUrl ? `Okno/${version} (+${publicUrl})` : `Okno/${version}`;
}

export type RunningCore = {
  core: Core;
  authenticator: Authenticator;
  /** Ends what waits on the outside: long polls and chats' streams. */
  stopWaiting(): void;
  stop(): Promise<void>;
};

/** Makes everything that outlives a call, and starts what runs by itself: sequencer, hub, presence, notifications. */
export async function startCore({ db, clock, log, settings }: AppDeps): Promise<RunningCore> {
  requireSoundFlows();
  const inquiry = kinds[0]?.manifest;
  if (!inquiry) throw new Error("no kind is registered");
  const metrics = createMetrics();
  const hub = await startHub(db, log);
  const sequencer = startSequencer({ db, log, metrics, sequenced: hub.advance });
  const { poke } = sequencer;
  const presence = startPresence({ db, clock, log });
  const notifications = createNotificationFeed({ db, log });
  const catalogs = createCatalogs(db, clock);
  const authenticator = createAuthenticator({ db, clock, adminApiKey: settings.adminApiKey });
  forgetWhatChanged(hub, catalogs, authenticator);
  const numbers = createNumbers(db.system, clock);
  const create = createTicketIntake({ db, clock, numbers, poke });
  const storage = createDirectoryStorage(settings.filesDir);
  const common = { db, clock, log, flowOf, catalogs, poke, numbers, inquiry, storage, hub, metrics };
  const stopping = new AbortController();
  const work = createWorkSignal();
  const confirmations = createConfirmations(clock);
  const outgoing = createOutgoing({
    allow: readAllowList(settings.outgoingAllow ?? []).list,
    userAgent: userAgentOf(settings.publicUrl),
  });
  const webhooks = { ...createWorkSignal(), sealer: createSealer(settings.secretKey, "webhook secrets") };
  const core: Core = {
    ...common,
    findView: viewOfList,
    listFound: (reader, principal, query) => listFoundTickets(common, reader, principal, query),
    create: createTicketOperation({ ...common, create, channelTypes: channelServers }),
    watchers: createWatchers(hub),
    assets: loadAssets(),
    stopping: stopping.signal,
    typing: createTypingWatchers(presence),
    sealer: createSealer(settings.secretKey, "channel secrets"),
    secretKey: settings.secretKey,
    presence,
    notifications,
    vapid: createVapid(settings.secretKey),
    contact: contactOf(settings.publicUrl),
    pushServices: settings.pushServices ?? [],
    work,
    confirmations,
    confirmationSecrets: createConfirmationSecrets(settings.secretKey),
    kindConfirmations: (kind) => core.kinds.confirmations.get(kind),
    channelTypes: channelServers,
    publicUrl: settings.publicUrl,
    outgoing,
    webhooks,
    kinds: joinKinds(kinds, {
      ...common,
      secretKey: settings.secretKey,
      pokeWorker: work.poke,
      confirmations,
      callbacks: createCallbacks({ clock, webhooks }),
      outgoing,
    }),
  };
  return {
    core,
    authenticator,
    stopWaiting: () => stopping.abort(),
    async stop() {
      await sequencer.stop();
      await hub.stop();
      await presence.stop();
      await notifications.stop();
      outgoing.close();
    },
  };
}
