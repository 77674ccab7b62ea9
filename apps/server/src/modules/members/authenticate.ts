import { timingSafeEqual } from "node:crypto";
import type { Role, Scope } from "@okno/contract";
import { fromPublicId, toPublicId } from "@okno/contract";
import type { FastifyRequest } from "fastify";
import type { Clock } from "../../platform/clock.ts";
import { type Database, statement } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { digest, newSecret } from "../../platform/ids.ts";

// A secret names its workspace, so that it is looked up inside it: no search over tenants, and the tenant stands first in the key.
const secretForm = /^(?:okno_)?([0-9a-hjkmnp-tv-z]{26})_([\w-]{43})$/u;
export const cookieName = "okno_session";

/** A secret bound to a workspace, of 43 characters that are given. */
export function secretIn(workspaceId: string, words: string): string {
  return `${toPublicId("workspace", workspaceId).slice(4)}_${words}`;
}

/** A new secret bound to a workspace: what a session cookie, a key or a one-time link carries. */
export function mintSecret(workspaceId: string): string {
  return secretIn(workspaceId, newSecret());
}

/** The workspace that a secret names; undefined when the text is no secret. */
export function workspaceOfSecret(secret: string): string | undefined {
  const suffix = secretForm.exec(secret)?.[1];
  return suffix && fromPublicId("workspace", `wsp_${suffix}`);
}

/** The roles of a member `m` by project, as a query's column. */
export const rolesOfMember = `case when m.owner
    then (select coalesce(json_agg(json_build_array(p.id, 'owner') order by p.created_at, p.id), '[]') from projects p where p.workspace_id = $1)
    else (select coalesce(json_agg(json_build_array(g.project_id, g.role) order by p.created_at, p.id), '[]')
          from grants g join projects p on p.workspace_id = g.workspace_id and p.id = g.project_id
          where g.workspace_id = $1 and g.member_id = m.id) end`;

/**
 * Who stands behind a key `k`: the line of those who made it, up to the person, or to the first key that no person and no stored key has
 * made. The provisioning key is nobody's: keys made by it stand for themselves.
 */
export const partyOfKey = `(with recursive line as (
      select k.id, k.created_by, 1 as depth
      union all
      select made.id, made.created_by, line.depth + 1
      from line join api_keys made on made.workspace_id = $1 and made.id = line.created_by where line.depth < 50
    )
    select coalesce(person.id, line.id)
    from line left join members person on person.workspace_id = $1 and person.id = line.created_by
    order by line.depth desc limit 1)`;

const findSession = statement(
  "members.find_session",
  `select s.id as session_id, m.id, m.name, m.owner, s.last_seen_at, ${rolesOfMember} as roles
   from sessions s join members m on m.workspace_id = s.workspace_id and m.id = s.member_id
   where s.workspace_id = $1 and s.token_hash = $2 and s.expires_at > $3 and m.disabled_at is null`,
);
const findKey = statement(
  "members.find_key",
  `select k.id, k.name, k.scopes, k.role, k.last_used_at, ${partyOfKey} as party,
     coalesce((select g.required from key_signing g where g.workspace_id = $1 and g.key_id = k.id), false) as must_sign,
     (select coalesce(json_agg(json_build_array(p.id, k.role) order by p.created_at, p.id), '[]') from projects p
      where p.workspace_id = $1 and (k.project_ids is null or p.id = any(k.project_ids))) as roles
   from api_keys k
   where k.workspace_id = $1 and k.token_hash = $2 and k.revoked_at is null and (k.expires_at is null or k.expires_at > $3)`,
);
const listProjects = statement(
  "members.list_project_ids",
  "select id from projects where workspace_id = $1 order by created_at, id",
);
const firstWorkspace = statement(
  "members.first_workspace",
  "select id from workspaces order by created_at, id limit 1",
);
const touchSession = statement(
  "members.touch_session",
  `with seen as (update members m set last_seen_at = $3 from sessions s
     where s.workspace_id = $1 and s.id = $2 and m.workspace_id = $1 and m.id = s.member_id)
   update sessions set last_seen_at = $3, expires_at = $4 where workspace_id = $1 and id = $2`,
);
const touchKey = statement(
  "members.touch_key",
  "update api_keys set last_used_at = $3 where workspace_id = $1 and id = $2",
);

/** A session ends this long after its last use. */
export const sessionDays = 14;
/** How fine "last seen" is: one write a minute, not one a click. */
const touchMs = 60_000;
/** How long an answer of this file is believed in a process that missed the event of its withdrawal. */
const cacheMs = 1_000;

type SessionRow = {
  session_id: string;
  id: string;
  name: string;
  owner: boolean;
  last_seen_at: Date;
  roles: [string, Role][];
};
type KeyRow = {
  id: string;
  name: string;
  scopes: Scope[];
  role: Role;
  last_used_at: Date | null;
  party: string;
  must_sign: boolean;
  roles: [string, Role][];
};

export type Authenticator = {
  /** The caller of a request, by its key or session cookie. */
  authenticate(req: FastifyRequest): Promise<Principal | undefined>;
  /** The same, read anew. */
  reauthenticate(req: FastifyRequest): Promise<Principal | undefined>;
  /** Access in this workspace changed. */
  forget(workspaceId: string): void;
};

export type AuthenticatorDeps = { db: Database; clock: Clock; adminApiKey: string | undefined };

/** The id that the provisioning key acts under; it has no row. */
export const adminKeyId = "00000000-0000-7000-8000-000000000001";

export function sessionExpiry(now: Date): Date {
  return new Date(now.getTime() + sessionDays * 86_400_000);
}

export function createAuthenticator({ db, clock, adminApiKey }: AuthenticatorDeps): Authenticator {
  const cache = new Map<
    string,
    { at: number; workspaceId: string; principal: Promise<Principal | undefined> }
  >();
  const adminDigest = adminApiKey === undefined ? undefined : digest(adminApiKey);

  async function bySession(workspaceId: string, hash: Buffer): Promise<Principal | undefined> {
    const now = clock.now();
    const [row] = await db.in(workspaceId).query<SessionRow>(findSession, [workspaceId, hash, now]);
    if (!row) return undefined;
    if (now.getTime() - row.last_seen_at.getTime() > touchMs) {
      await db.in(workspaceId).query(touchSession, [workspaceId, row.session_id, now, sessionExpiry(now)]);
    }
    const { id, name, owner, session_id } = row;
    return {
      kind: "member",
      id,
      workspaceId,
      name,
      owner,
      roles: new Map(row.roles),
      scopes: "all",
      sessionId: session_id,
      party: id,
      mustSign: false,
      unlimited: false,
    };
  }

  async function byKey(workspaceId: string, hash: Buffer): Promise<Principal | undefined> {
    const now = clock.now();
    const [row] = await db.in(workspaceId).query<KeyRow>(findKey, [workspaceId, hash, now]);
    if (!row) return undefined;
    if (now.getTime() - (row.last_used_at?.getTime() ?? 0) > touchMs)
      await db.in(workspaceId).query(touchKey, [workspaceId, row.id, now]);
    const owner = row.role === "owner";
    return {
      kind: "key",
      id: row.id,
      workspaceId,
      name: row.name,
      owner,
      roles: new Map(row.roles),
      scopes: new Set(row.scopes),
      sessionId: null,
      party: row.party,
      mustSign: row.must_sign,
      unlimited: false,
    };
  }

  async function byAdminKey(): Promise<Principal | undefined> {
    const [workspace] = await db.system.query<{ id: string }>(firstWorkspace);
    if (!workspace) return undefined;
    const projects = await db.in(workspace.id).query<{ id: string }>(listProjects, [workspace.id]);
    const roles = new Map(projects.map(({ id }) => [id, "owner" as const]));
    return {
      kind: "key",
      id: adminKeyId,
      workspaceId: workspace.id,
      name: "OKNO_ADMIN_API_KEY",
      owner: true,
      roles,
      scopes: "all",
      sessionId: null,
      party: adminKeyId,
      mustSign: false,
      unlimited: true,
    };
  }

  function isAdminKey(hash: Buffer): boolean {
    return adminDigest !== undefined && timingSafeEqual(adminDigest, hash);
  }

  function lookUp(
    secret: string,
    by: "key" | "session",
  ): { workspaceId: string; find(): Promise<Principal | undefined> } | undefined {
    const hash = digest(secret);
    if (by === "key" && isAdminKey(hash)) return { workspaceId: "", find: byAdminKey };
    const workspaceId = workspaceOfSecret(secret);
    if (!workspaceId) return undefined;
    return {
      workspaceId,
      find: () => (by === "key" ? byKey(workspaceId, hash) : bySession(workspaceId, hash)),
    };
  }

  function cached(secret: string, by: "key" | "session"): Promise<Principal | undefined> {
    const now = clock.now().getTime();
    const name = `${by} ${secret}`;
    const known = cache.get(name);
    if (known && now - known.at < cacheMs) return known.principal;
    const found = lookUp(secret, by);
    if (!found) return Promise.resolve(undefined);
    const principal = found.find();
    if (cache.size > 10_000) cache.clear();
    cache.set(name, { at: now, workspaceId: found.workspaceId, principal });
    principal.catch(() => cache.delete(name));
    return principal;
  }

  function secretOf(req: FastifyRequest): { secret: string; by: "key" | "session" } | undefined {
    const { authorization } = req.headers;
    if (authorization !== undefined) {
      return /^bearer /iu.test(authorization)
        ? { secret: authorization.slice(7).trim(), by: "key" }
        : undefined;
    }
    const secret = req.cookies[cookieName];
    return secret === undefined ? undefined : { secret, by: "session" };
  }

  return {
    async authenticate(req) {
      const given = secretOf(req);
      return given && cached(given.secret, given.by);
    },
    async reauthenticate(req) {
      const given = secretOf(req);
      return given && lookUp(given.secret, given.by)?.find();
    },
    forget(workspaceId) {
      for (const [name, entry] of cache)
        if (entry.workspaceId === workspaceId || entry.workspaceId === "") cache.delete(name);
    },
  };
}

/** The session cookie: out of reach of scripts, never sent along from other sites' forms; `secure` wherever the address is https. */
export function sessionCookie(secret: string, now: Date, secure: boolean) {
  return {
    name: cookieName,
    value: secret,
    options: { path: "/", httpOnly: true, sameSite: "lax", secure, expires: sessionExpiry(now) },
  } as const;
}
