import { type ChannelInstance, type ChannelRoute, type ChannelServer, refuse } from "@okno/kit";
import { statement } from "../../platform/database.ts";
import { type Binding, raw } from "../../platform/http/binding.ts";
import { sendAnswer } from "./answer.ts";
import { callOf } from "./call.ts";
import { createPorts, type PortsDeps } from "./ports.ts";

const findKey = statement(
  "channels.find_key",
  "select workspace_id, channel_id from channel_keys where public_key = $1",
);

/** The open channel a public key stands for. @throws not_found for an unknown key, a closed channel, a key of another type. */
async function channelByKey(
  deps: PortsDeps,
  server: ChannelServer,
  publicKey: string,
): Promise<ChannelInstance> {
  const [key] = await deps.db.system.query<{ workspace_id: string; channel_id: string }>(findKey, [
    publicKey,
  ]);
  if (!key) throw refuse("not_found");
  const catalog = await deps.catalogs.of(key.workspace_id);
  const row = catalog.channels.get(key.channel_id);
  const project = row && catalog.projects.get(row.project_id);
  if (!row || !project || row.disabled_at || row.type !== server.manifest.type) throw refuse("not_found");
  return {
    id: row.id,
    workspaceId: key.workspace_id,
    project: {
      id: project.id,
      name: project.name,
      locale: project.locale,
      timeZone: project.time_zone,
      accent: project.accent,
    },
    workspaceName: catalog.workspaceName,
    name: row.name,
    publicKey,
    config: server.manifest.config.parse(row.config),
  };
}

export type PublicRouteDeps = PortsDeps & {
  /** Ends the streams of channels when the server stops. */
  stopping: AbortSignal;
};

/** The public routes of every channel type, bound through the same shell as all others. */
export function channelBindings(deps: PublicRouteDeps, servers: Iterable<ChannelServer>): Binding[] {
  const bindingOf = (server: ChannelServer, { route, handle }: ChannelRoute): Binding => {
    const ports = createPorts(deps, server.manifest);
    return raw(async ({ http, params, query, body }) => {
      const { key = "" } = params as { key?: string };
      const channel = await channelByKey(deps, server, key);
      const { req, reply } = http;
      const call = callOf(channel, { params, query, body }, req, { reply, stopping: deps.stopping });
      await sendAnswer(req, reply, await handle(call, ports));
    })(route);
  };
  return [...servers].flatMap((server) => (server.routes ?? []).map((each) => bindingOf(server, each)));
}
