import { routes, type Topic, toPublicId, topicsPerLevel } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Queryable, statement, type Transaction } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import { newId } from "../../platform/ids.ts";
import {
  administeredProject,
  projectScope,
  recordSetting,
  requireAdministered,
  type SettingsDeps,
  unlessTaken,
  uuidOf,
} from "./deps.ts";
import { lintTopic } from "./lint-topic.ts";
import { reportTopics } from "./topic-report.ts";

type Row = { id: string; project_id: string; parent_id: string | null; name: string };
const columns = "id, project_id, parent_id, name";

const list = statement(
  "topics.list",
  `select ${columns} from topics where workspace_id = $1 and project_id = any($2::uuid[]) and archived_at is null order by created_at, id`,
);
const find = statement(
  "topics.find",
  `select ${columns} from topics where workspace_id = $1 and project_id = any($2::uuid[]) and id = $3 and archived_at is null`,
);
// Changes of one project's tree go one after the other: only so does counting hold.
const lockTree = statement(
  "topics.lock_tree",
  "select 1 from projects where workspace_id = $1 and id = $2 for no key update",
);
const countLevel = statement(
  "topics.count_level",
  `select count(*)::int as topics from topics
   where workspace_id = $1 and project_id = $2 and parent_id is not distinct from $3 and archived_at is null`,
);
const insert = statement(
  "topics.insert",
  "insert into topics (workspace_id, id, project_id, parent_id, name, created_at) values ($1, $2, $3, $4, $5, $6)",
);
const rename = statement(
  "topics.rename",
  "update topics set name = $3 where workspace_id = $1 and id = $2 and archived_at is null returning 1",
);
const archive = statement(
  "topics.archive",
  "update topics set archived_at = $3 where workspace_id = $1 and id = $2",
);
// Channels name topics by public id in their settings, whatever the type's schema looks like.
const findUse = statement(
  "topics.find_use",
  `select 'topic' as what from topics where workspace_id = $1 and parent_id = $2 and archived_at is null
   union all
   select 'channel' from channels where workspace_id = $1 and project_id = $3 and strpos(config::text, $4) > 0 limit 1`,
);

function presentTopic(row: Row): Topic {
  return {
    id: toPublicId("topic", row.id),
    project: toPublicId("project", row.project_id),
    parent: row.parent_id && toPublicId("topic", row.parent_id),
    name: row.name,
    warnings: lintTopic(row.name),
  };
}

/** @throws unknown_reference, or limit_reached under a topic that has a parent itself */
async function checkParent(
  tx: Transaction,
  projectId: string,
  parent: string | null,
): Promise<string | null> {
  if (parent === null) return null;
  const [row] = await tx.query<Row>(find, [tx.workspaceId, [projectId], uuidOf("topic", parent)]);
  if (!row)
    throw refuse("unknown_reference", {}, [{ pointer: "/parent", message: "the project has no such topic" }]);
  if (row.parent_id !== null) throw refuse("limit_reached", { limit: 2, of: "levels" });
  return row.id;
}

async function insertTopic({ clock }: SettingsDeps, tx: Transaction, row: Omit<Row, "id">): Promise<Row> {
  const { project_id, parent_id, name } = row;
  const [level] = await tx.query<{ topics: number }>(countLevel, [tx.workspaceId, project_id, parent_id]);
  if ((level?.topics ?? 0) >= topicsPerLevel)
    throw refuse("limit_reached", { limit: topicsPerLevel, of: "topics" });
  const id = newId(clock);
  await unlessTaken(tx.query(insert, [tx.workspaceId, id, project_id, parent_id, name, clock.now()]));
  return { id, ...row };
}

export function topicBindings(deps: SettingsDeps): Binding[] {
  const findMine = async (db: Queryable, principal: Parameters<typeof projectScope>[0], publicId: string) => {
    const scope = projectScope(principal, undefined, "operator");
    const [row] = await db.query<Row>(find, [principal.workspaceId, scope, uuidOf("topic", publicId)]);
    return requireAdministered(principal, row);
  };

  return bindTable(routes.topics, {
    list: read(async ({ principal, query }, db) => {
      const scope = projectScope(principal, query.project, "operator");
      return { data: (await db.query<Row>(list, [principal.workspaceId, scope])).map(presentTopic) };
    }),
    report: read(({ principal, query }, db) =>
      reportTopics(db, deps.clock, {
        workspaceId: principal.workspaceId,
        projectIds: projectScope(principal, query.project, "supervisor"),
      }),
    ),
    create: command(async ({ principal, body }, tx) => {
      const projectId = administeredProject(principal, body.project);
      await tx.query(lockTree, [tx.workspaceId, projectId]);
      const parentId = await checkParent(tx, projectId, body.parent);
      const draft = { project_id: projectId, parent_id: parentId, name: body.name };
      const row = await insertTopic(deps, tx, draft);
      const data = { topic: toPublicId("topic", row.id) };
      await recordSetting(deps, tx, principal, { type: "topic.added", projectId, data });
      return presentTopic(row);
    }),
    update: command(async ({ principal, params, body }, tx) => {
      const row = await findMine(tx, principal, params.id);
      const renamed = await unlessTaken(tx.query(rename, [tx.workspaceId, row.id, body.name]));
      if (renamed.length === 0) throw refuse("not_found");
      const data = { topic: params.id, fields: ["name"] };
      await recordSetting(deps, tx, principal, { type: "topic.changed", projectId: row.project_id, data });
      return presentTopic({ ...row, name: body.name });
    }),
    archive: command(async ({ principal, params }, tx) => {
      const { project_id: projectId } = await findMine(tx, principal, params.id);
      await tx.query(lockTree, [tx.workspaceId, projectId]);
      const { id } = await findMine(tx, principal, params.id);
      const [use] = await tx.query<{ what: string }>(findUse, [tx.workspaceId, id, projectId, params.id]);
      if (use) throw refuse("in_use", { by: use.what });
      await tx.query(archive, [tx.workspaceId, id, deps.clock.now()]);
      const data = { topic: params.id };
      await recordSetting(deps, tx, principal, { type: "topic.archived", projectId, data });
    }),
  });
}
