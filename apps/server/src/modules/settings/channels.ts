import { type Channel, routes, toPublicId } from "@okno/contract";
import { type ChannelManifest, refuse } from "@okno/kit";
import { type Queryable, statement } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import { includesRole, type Principal } from "../../platform/http/principal.ts";
import { addChannel } from "../workspaces/index.ts";
import { checkConfig, configSchemaOf } from "./channel-config.ts";
import {
  administeredProject,
  projectScope,
  recordSetting,
  requireAdministered,
  type SettingsDeps,
  uuidOf,
} from "./deps.ts";

type Row = {
  id: string;
  project_id: string;
  type: string;
  name: string;
  public_key: string;
  config: Record<string, unknown>;
  created_at: Date;
  disabled_at: Date | null;
  last_message_at: Date | null;
};
const columns = "id, project_id, type, name, public_key, config, created_at, disabled_at, last_message_at";

const list = statement(
  "channels.list",
  `select ${columns} from channels where workspace_id = $1 and project_id = any($2::uuid[]) order by created_at, id`,
);
const lock = statement(
  "channels.lock",
  `select ${columns} from channels where workspace_id = $1 and project_id = any($2::uuid[]) and id = $3 for update`,
);
const find = statement(
  "channels.find",
  `select ${columns} from channels where workspace_id = $1 and id = $2`,
);
const update = statement(
  "channels.update",
  "update channels set name = $3, config = $4, disabled_at = $5 where workspace_id = $1 and id = $2",
);

/** Settings of a channel may hold what only its administrators should read. */
function presentChannel(row: Row, principal: Principal): Channel {
  const role = principal.roles.get(row.project_id);
  return {
    id: toPublicId("channel", row.id),
    project: toPublicId("project", row.project_id),
    type: row.type,
    name: row.name,
    publicKey: row.public_key,
    config: role && includesRole(role, "admin") ? row.config : {},
    enabled: row.disabled_at === null,
    createdAt: row.created_at.toISOString(),
    lastMessageAt: row.last_message_at?.toISOString() ?? null,
  };
}

async function getChannel(db: Queryable, workspaceId: string, id: string): Promise<Row> {
  const [row] = await db.query<Row>(find, [workspaceId, id]);
  if (!row) throw refuse("not_found");
  return row;
}

export function channelSettingsBindings(deps: SettingsDeps): Binding[] {
  const { clock, catalogs, channelTypes } = deps;

  function manifestOf(type: string): ChannelManifest {
    const server = channelTypes.get(type);
    if (!server)
      throw refuse("unknown_reference", {}, [{ pointer: "/type", message: "no such type of channel" }]);
    return server.manifest;
  }

  async function checked(principal: Principal, row: { projectId: string; type: string }, config: unknown) {
    const catalog = await catalogs.of(principal.workspaceId);
    return checkConfig(manifestOf(row.type), config, { catalog, projectId: row.projectId });
  }

  return bindTable(routes.channels, {
    list: read(async ({ principal }, db) => {
      const scope = projectScope(principal, undefined, "operator");
      const rows = await db.query<Row>(list, [principal.workspaceId, scope]);
      return { data: rows.map((row) => presentChannel(row, principal)) };
    }),
    types: read(async () => ({
      data: [...channelTypes.values()].map(({ manifest }) => ({
        type: manifest.type,
        capabilities: { ...manifest.capabilities },
        configSchema: configSchemaOf(manifest),
      })),
    })),
    create: command(async ({ principal, body: { project, type, name, config } }, tx) => {
      const projectId = administeredProject(principal, project);
      const settings = await checked(principal, { projectId, type }, config);
      const { id } = await addChannel(tx, clock, { projectId, type, name, config: settings });
      const data = { channel: toPublicId("channel", id), channelType: type };
      await recordSetting(deps, tx, principal, { type: "channel.added", projectId, data });
      return presentChannel(await getChannel(tx, tx.workspaceId, id), principal);
    }),
    update: command(async ({ principal, params, body }, tx) => {
      const scope = projectScope(principal, undefined, "operator");
      const [found] = await tx.query<Row>(lock, [tx.workspaceId, scope, uuidOf("channel", params.id)]);
      const row = requireAdministered(principal, found);
      const projectId = row.project_id;
      const config = body.config
        ? await checked(principal, { projectId, type: row.type }, body.config)
        : row.config;
      const enabled = body.enabled ?? row.disabled_at === null;
      const disabledAt = enabled ? null : (row.disabled_at ?? clock.now());
      await tx.query(update, [
        tx.workspaceId,
        row.id,
        body.name ?? row.name,
        JSON.stringify(config),
        disabledAt,
      ]);
      const data = { channel: params.id, fields: Object.keys(body), enabled };
      await recordSetting(deps, tx, principal, { type: "channel.changed", projectId, data });
      return presentChannel(await getChannel(tx, tx.workspaceId, row.id), principal);
    }),
  });
}
