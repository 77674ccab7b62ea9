import fastifyCookie from "@fastify/cookie";
import fastifyMultipart from "@fastify/multipart";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { apiBindings } from "./api-bindings.ts";
import { apiRoutes } from "./api-routes.ts";
import { type AppDeps, type Core, channelServers, startCore } from "./core.ts";
import { createSandboxLookup } from "./demo/sandbox.ts";
import { registerApiDocs } from "./modules/api-docs/index.ts";
import { channelBindings } from "./modules/channels/index.ts";
import { confirmationPageBindings } from "./modules/confirmations/index.ts";
import { maxFileBytes } from "./modules/files/index.ts";
import { registerGuides } from "./modules/guides/index.ts";
import { registerHelp } from "./modules/help/index.ts";
import { createStreams, type LoadCurrent, type Streams } from "./modules/journal/index.ts";
import { type Authenticator, createSignatureCheck } from "./modules/members/index.ts";
import { createPresenceFeed, type PresenceFeed } from "./modules/presence/index.ts";
import { listTicketsByIds, presentTicketState } from "./modules/tickets/index.ts";
import { createViewCounts } from "./modules/views/index.ts";
import type { Binding } from "./platform/http/binding.ts";
import { createGentleClose } from "./platform/http/close.ts";
import { createRateLimiter } from "./platform/http/rate-limit.ts";
import { addBindings, createShell, type ShellDeps } from "./platform/http/shell.ts";
import { version } from "./version.ts";

export type { AppDeps, AppSettings, Core } from "./core.ts";

export type App = {
  http: FastifyInstance;
  /** What the command line, the demo and jobs work with. */
  core: Core;
  bindings: readonly Binding[];
  /** Does whoever calls hold a session in force? */
  isSignedIn(req: FastifyRequest): Promise<boolean>;
  /** Stops taking calls, ends streams, finishes what was begun. */
  close(): Promise<void>;
};

function loadCurrentFrom({ db, flowOf }: Core): LoadCurrent {
  return async (workspaceId, ids) => {
    const rows = await listTicketsByIds(db.in(workspaceId), workspaceId, ids);
    return new Map(
      rows.map((row) => presentTicketState(row, flowOf(row.kind))).map((ticket) => [ticket.id, ticket]),
    );
  };
}

/** The streams of this process, with what travels on them beside the journal. */
function openStreams(core: Core, { reauthenticate }: Authenticator, presence: PresenceFeed): Streams {
  return createStreams({
    ...core,
    loadCurrent: loadCurrentFrom(core),
    attach(reader) {
      const detach = [presence.attach(reader), core.notifications.attach(reader)];
      return () => {
        for (const each of detach) each();
      };
    },
    reauthenticate,
  });
}

/** Builds the application: every dependency is made here and passed down; nothing below makes its own. */
export async function createApp(deps: AppDeps): Promise<App> {
  const { clock, settings } = deps;
  const running = await startCore(deps);
  const { core, authenticator } = running;
  const presenceFeed = createPresenceFeed(core.presence);
  const viewCounts = createViewCounts(core);
  const streams = openStreams(core, authenticator, presenceFeed);
  const shell: ShellDeps = {
    ...core,
    limiter: createRateLimiter(clock),
    authenticate: authenticator.authenticate,
    checkSignature: createSignatureCheck({ ...core, publicUrl: settings.publicUrl }),
    trustProxy: settings.trustProxy,
  };
  const http = createShell(shell);
  const closeGently = createGentleClose(http);
  await http.register(fastifyCookie);
  await http.register(fastifyMultipart, {
    // One byte more than storage takes: the multipart reader would cut a longer file off in silence, storage refuses it.
    limits: { fileSize: maxFileBytes + 1, files: 1, fields: 20, fieldSize: 200_000 },
  });
  const { publicUrl, secretKey: secret } = settings;
  const people = { ...core, accessChanged: authenticator.forget, publicUrl, secret };
  const doors = settings.doors ?? { api: true, channels: true };
  const bindings = [
    ...(doors.api ? [...apiBindings(core, people, { streams, viewCounts }), ...core.kinds.bindings] : []),
    ...(doors.channels
      ? [...channelBindings(core, channelServers.values()), ...confirmationPageBindings(core)]
      : []),
  ];
  addBindings(http, shell, bindings);
  const isSignedIn = async (req: FastifyRequest) => (await authenticator.authenticate(req)) !== undefined;
  if (doors.api) {
    registerHelp(http);
    registerApiDocs(http, { routes: apiRoutes, version, publicUrl });
    registerGuides(http, { clock, publicUrl, isSignedIn, sandbox: createSandboxLookup(core) });
  }

  return {
    http,
    core,
    bindings,
    isSignedIn,
    async close() {
      running.stopWaiting();
      streams.close();
      viewCounts.close();
      presenceFeed.stop();
      await closeGently();
      await running.stop();
    },
  };
}
