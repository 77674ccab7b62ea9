import fastifyCookie from "@fastify/cookie";
import fastifyMultipart from "@fastify/multipart";
import { flowProblems } from "@okno/kit";
import type { FastifyInstance } from "fastify";
import { apiRoutes } from "./api-routes.ts";
import { registerApiDocs } from "./modules/api-docs/index.ts";
import {
  channelBindings,
  createWatchers,
  loadAssets,
  type PublicRouteDeps,
} from "./modules/channels/index.ts";
import { contactBindings } from "./modules/contacts/index.ts";
import { attachmentBindings, createDirectoryStorage, maxFileBytes } from "./modules/files/index.ts";
import { createTicketIntake, createTicketOperation } from "./modules/intake/index.ts";
import {
  createStreams,
  type Hub,
  journalBindings,
  type LoadCurrent,
  startHub,
  startSequencer,
} from "./modules/journal/index.ts";
import {
  createAuthenticator,
  keyBindings,
  memberBindings,
  sessionBindings,
} from "./modules/members/index.ts";
import { messageBindings } from "./modules/messages/index.ts";
import { createCatalogs, settingsBindings } from "./modules/settings/index.ts";
import {
  createNumbers,
  type FlowOf,
  listTicketsByIds,
  presentTicketState,
  type TicketDeps,
  ticketActionBindings,
  ticketBindings,
} from "./modules/tickets/index.ts";
import type { Clock } from "./platform/clock.ts";
import type { Database } from "./platform/database.ts";
import type { Binding } from "./platform/http/binding.ts";
import { createGentleClose } from "./platform/http/close.ts";
import { createRateLimiter } from "./platform/http/rate-limit.ts";
import { addBindings, createShell, type ShellDeps } from "./platform/http/shell.ts";
import type { Log } from "./platform/log.ts";
import { createMetrics, type Metrics } from "./platform/metrics.ts";
import { channels, kinds } from "./registry.ts";
import { version } from "./version.ts";

export type AppSettings = {
  adminApiKey: string | undefined;
  publicUrl: string | undefined;
  filesDir: string;
  secretKey: string;
  trustProxy: boolean;
  /** Which doors this process opens: the API with the console's side, the public routes of channels; both if absent. */
  doors?: { api: boolean; channels: boolean };
};

export type AppDeps = { db: Database; clock: Clock; log: Log; settings: AppSettings };

export type App = {
  http: FastifyInstance;
  /** What the command line, the demo and jobs work with. */
  core: Core;
  bindings: readonly Binding[];
  /** Stops taking calls, ends streams, finishes what was begun. */
  close(): Promise<void>;
};

export type Core = TicketDeps & PublicRouteDeps & { hub: Hub; metrics: Metrics; flowOf: FlowOf };

const kindsById = new Map(kinds.map((kind) => [kind.id, kind]));

/** The flow of a kind. @throws for a kind this installation does not have. */
export const flowOf: FlowOf = (id) => {
  const kind = kindsById.get(id);
  if (!kind) throw new Error(`this installation has no kind ${id}`);
  return kind.flow;
};

/** @throws when a kind's flow is broken: such an installation does not start. */
function requireSoundFlows(): void {
  const problems = kinds.flatMap(({ id, flow }) => flowProblems(flow).map((problem) => `${id}: ${problem}`));
  if (problems.length > 0) throw new Error(`a flow is broken:\n${problems.join("\n")}`);
}

const channelServers = new Map(channels.map((server) => [server.manifest.type, server]));

/** Settings events after which the cached catalogue of a workspace is old. */
const settingsEvent = /^(project|topic|label|channel)\./u;
const accessEvent = /^(member|key|session|password|project)\./u;

function loadCurrentFrom(db: Database): LoadCurrent {
  return async (workspaceId, ids) => {
    const rows = await listTicketsByIds(db.in(workspaceId), workspaceId, ids);
    return new Map(
      rows.map((row) => presentTicketState(row, flowOf(row.kind))).map((ticket) => [ticket.id, ticket]),
    );
  };
}

/** Builds the application: every dependency is made here and passed down; nothing below makes its own. */
export async function createApp({ db, clock, log, settings }: AppDeps): Promise<App> {
  const metrics = createMetrics();
  const hub = await startHub(db, log);
  const sequencer = startSequencer({ db, log, metrics, sequenced: hub.advance });
  const { poke } = sequencer;
  const catalogs = createCatalogs(db, clock);
  const authenticator = createAuthenticator({ db, clock, adminApiKey: settings.adminApiKey });
  hub.listenToSettings((rows) => {
    for (const row of rows) {
      if (settingsEvent.test(row.type)) catalogs.forget(row.workspace_id);
      if (accessEvent.test(row.type)) authenticator.forget(row.workspace_id);
    }
  });

  requireSoundFlows();
  const [inquiry] = kinds;
  if (!inquiry) throw new Error("no kind is registered");
  const numbers = createNumbers(db.system, clock);
  const create = createTicketIntake({ db, clock, numbers, poke });
  const storage = createDirectoryStorage(settings.filesDir);
  const common = { db, clock, flowOf, catalogs, poke, numbers, inquiry, storage };
  const stopping = new AbortController();
  const core: Core = {
    ...common,
    create: createTicketOperation({ ...common, create }),
    watchers: createWatchers(hub),
    assets: loadAssets(),
    stopping: stopping.signal,
    secretKey: settings.secretKey,
    hub,
    metrics,
  };
  const streams = createStreams({
    db,
    hub,
    log,
    metrics,
    loadCurrent: loadCurrentFrom(db),
    reauthenticate: authenticator.reauthenticate,
  });
  const shell: ShellDeps = {
    db,
    clock,
    log,
    metrics,
    limiter: createRateLimiter(clock),
    authenticate: authenticator.authenticate,
    trustProxy: settings.trustProxy,
  };
  const http = createShell(shell);
  const closeGently = createGentleClose(http);
  await http.register(fastifyCookie);
  await http.register(fastifyMultipart, {
    // One byte more than storage takes: the multipart reader would cut a longer file off in silence, storage refuses it.
    limits: { fileSize: maxFileBytes + 1, files: 1, fields: 20, fieldSize: 200_000 },
  });
  const people = {
    db,
    clock,
    catalogs,
    poke,
    accessChanged: authenticator.forget,
    publicUrl: settings.publicUrl,
    secret: settings.secretKey,
  };
  const doors = settings.doors ?? { api: true, channels: true };
  const apiBindings = (): Binding[] => [
    ...sessionBindings(people),
    ...memberBindings(people),
    ...keyBindings(people),
    ...settingsBindings({ ...people, channelTypes: channelServers }),
    ...ticketBindings(core),
    ...ticketActionBindings(core),
    ...messageBindings({ clock, flowOf, poke }),
    ...contactBindings({ clock, poke }),
    ...attachmentBindings({ db, clock, storage }),
    ...journalBindings({ db, hub, streams }),
  ];
  const bindings = [
    ...(doors.api ? apiBindings() : []),
    ...(doors.channels ? channelBindings(core, channelServers.values()) : []),
  ];
  addBindings(http, shell, bindings);
  if (doors.api) registerApiDocs(http, { routes: apiRoutes, version, publicUrl: settings.publicUrl });

  return {
    http,
    core,
    bindings,
    async close() {
      stopping.abort();
      streams.close();
      await closeGently();
      await sequencer.stop();
      await hub.stop();
    },
  };
}
