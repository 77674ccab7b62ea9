import type { Clock } from "../../platform/clock.ts";
import { type Database, statement } from "../../platform/database.ts";

export type ProjectRow = {
  id: string;
  name: string;
  locale: "ru" | "en";
  time_zone: string;
  accent: string;
  answer_soon_minutes: number;
  answer_late_minutes: number;
  created_at: Date;
};
export type TopicRow = {
  id: string;
  project_id: string;
  parent_id: string | null;
  name: string;
  archived_at: Date | null;
};
export type LabelRow = { id: string; project_id: string; name: string; hue: string; weight: number };
export type TeamRow = {
  id: string;
  project_id: string;
  name: string;
  archived_at: Date | null;
  /** Whoever is in it. */
  members: string[];
};
export type ChannelRow = {
  id: string;
  project_id: string;
  type: string;
  name: string;
  public_key: string;
  config: Record<string, unknown>;
  created_at: Date;
  disabled_at: Date | null;
};

/** The settings of one workspace that intake and presentation look up all the time. */
export type Catalog = {
  workspaceName: string;
  projects: ReadonlyMap<string, ProjectRow>;
  topics: ReadonlyMap<string, TopicRow>;
  teams: ReadonlyMap<string, TeamRow>;
  labels: readonly LabelRow[];
  channels: ReadonlyMap<string, ChannelRow>;
};

const load = statement(
  "settings.load_catalog",
  `select (select name from workspaces where id = $1) as workspace,
     (select coalesce(json_agg(p order by p.created_at, p.id), '[]') from projects p where workspace_id = $1) as projects,
     (select coalesce(json_agg(t order by t.created_at, t.id), '[]') from topics t where workspace_id = $1) as topics,
     (select coalesce(json_agg(l order by l.weight desc, l.name), '[]') from labels l where workspace_id = $1) as labels,
     (select coalesce(json_agg(c order by c.created_at, c.id), '[]') from channels c where workspace_id = $1) as channels,
     (select coalesce(json_agg(t order by lower(t.name), t.id), '[]') from (
        select id, project_id, name, archived_at,
          array(select member_id from team_members m where m.workspace_id = $1 and m.team_id = teams.id) as members
        from teams where workspace_id = $1) t) as teams`,
);

type Loaded = {
  workspace: string;
  projects: ProjectRow[];
  topics: TopicRow[];
  labels: LabelRow[];
  channels: ChannelRow[];
  teams: TeamRow[];
};

/** How old a cached catalogue may be in a process that missed the event of a change. */
const maxAgeMs = 2_000;

export type Catalogs = {
  of(workspaceId: string): Promise<Catalog>;
  /** Settings of this workspace changed: the next look reads again. */
  forget(workspaceId: string): void;
};

/** Settings by workspace, cached for a moment: read by every intake, written once a week. */
export function createCatalogs(db: Database, clock: Clock): Catalogs {
  const cache = new Map<string, { at: number; catalog: Promise<Catalog> }>();

  async function read(workspaceId: string): Promise<Catalog> {
    const [row] = await db.in(workspaceId).query<Loaded>(load, [workspaceId]);
    if (!row) throw new Error("the catalogue query answered nothing");
    const byId = <T extends { id: string }>(rows: T[]) => new Map(rows.map((each) => [each.id, each]));
    return {
      workspaceName: row.workspace,
      projects: byId(row.projects),
      topics: byId(row.topics),
      teams: byId(row.teams),
      labels: row.labels,
      channels: byId(row.channels),
    };
  }

  return {
    of(workspaceId) {
      const now = clock.now().getTime();
      const known = cache.get(workspaceId);
      if (known && now - known.at < maxAgeMs) return known.catalog;
      const catalog = read(workspaceId);
      catalog.catch(() => cache.delete(workspaceId));
      cache.set(workspaceId, { at: now, catalog });
      return catalog;
    },
    forget: (workspaceId) => void cache.delete(workspaceId),
  };
}
