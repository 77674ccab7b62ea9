import type pg from "pg";
import { type Finding, fail, ok, warn } from "./finding.ts";
import { isWordFound } from "./russian.ts";

const oldestServer = 150_000;
const skewWarnMs = 1_000;
const skewFailMs = 30_000;

type Check = (client: pg.Client) => Promise<Finding | Finding[]>;

async function one<Row extends object>(client: pg.Client, sql: string, values: unknown[] = []): Promise<Row> {
  const { rows } = await client.query<Row>(sql, values);
  const [row] = rows;
  if (!row) throw new Error("the database gave no answer");
  return row;
}

export const checkVersion: Check = async (client) => {
  const { version, number } = await one<{ version: string; number: number }>(
    client,
    "select current_setting('server_version') as version, current_setting('server_version_num')::int as number",
  );
  return number >= oldestServer
    ? ok("postgresql", `version ${version}`)
    : fail("postgresql", `version ${version} is too old`, "Okno needs PostgreSQL 15 or newer");
};

export const checkEncoding: Check = async (client) => {
  const { encoding } = await one<{ encoding: string }>(
    client,
    "select current_setting('server_encoding') as encoding",
  );
  return encoding === "UTF8"
    ? ok("encoding", encoding)
    : fail(
        "encoding",
        `${encoding} cannot hold every language`,
        "make the database anew with encoding 'UTF8' and restore a backup into it",
      );
};

/** With a character type of "C" letters beyond ASCII are no letters, and Russian search finds nothing without saying so. */
export const checkRussianSearch: Check = async (client) => {
  const { ctype } = await one<{ ctype: string }>(
    client,
    "select datctype as ctype from pg_database where datname = current_database()",
  );
  return (await isWordFound(client))
    ? ok("russian search", "words are stemmed and found")
    : fail(
        "russian search",
        `words are not found: the database's character type is ${ctype}`,
        "make the database anew with locale 'C.UTF-8' (lc_ctype matters) and restore a backup into it",
      );
};

export const checkCollation: Check = async (client) => {
  const { rows } = await client.query(
    "select 1 from pg_collation where collprovider = 'i' and collname = 'ru-x-icu'",
  );
  return rows.length > 0
    ? ok("alphabet", "the Russian ICU collation is there")
    : warn(
        "alphabet",
        "the server was built without ICU: Russian names are not sorted by the alphabet",
        "use a PostgreSQL built with ICU, as those of the distributions are",
      );
};

const rolesSql = `
  select r.name, p.oid is not null as there, coalesce(p.rolsuper or p.rolbypassrls, false) as "aboveTheWall",
    p.oid is not null and pg_has_role(current_user, p.oid, 'member') as usable,
    (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as creatable
  from unnest(array['okno_app', 'okno_worker']) as r (name) left join pg_roles p on p.rolname = r.name`;
type Role = { name: string; there: boolean; aboveTheWall: boolean; usable: boolean; creatable: boolean };

export function judgeRole({ name, there, aboveTheWall, usable }: Role): Finding | undefined {
  if (!there)
    return fail(
      "roles",
      `the role ${name} is missing`,
      `create role ${name} nologin; then give it to the login: grant ${name} to <login>`,
    );
  if (!usable) return fail("roles", `this login may not become ${name}`, `grant ${name} to <login>`);
  if (aboveTheWall)
    return fail(
      "roles",
      `${name} passes row-level security by`,
      `alter role ${name} nosuperuser nobypassrls`,
    );
  return undefined;
}

/** @param installed false before the first migration, which makes the roles where the login may. */
export async function checkRoles(client: pg.Client, installed: boolean): Promise<Finding[]> {
  const { rows } = await client.query<Role>(rolesSql);
  const wrong = rows
    .filter(({ there, creatable }) => installed || there || !creatable)
    .flatMap((row) => judgeRole(row) ?? []);
  if (wrong.length > 0) return wrong;
  const words = rows.every(({ there }) => there)
    ? "okno_app and okno_worker are there, and this login may use them"
    : "this login may create them";
  return [ok("roles", words)];
}

/** Tenant data is what has the workspace first in its primary key, apart from directories without a policy by design. */
const wallSql = `
  select c.relname as name from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
  join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] and a.attname = 'workspace_id'
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'ticket_number_blocks'
    and not (c.relrowsecurity and c.relforcerowsecurity
      and exists (select from pg_policy p where p.polrelid = c.oid and 'okno_app'::regrole = any (p.polroles)))
  order by 1`;

export const checkWall: Check = async (client) => {
  const { rows } = await client.query<{ name: string }>(wallSql);
  const names = rows.map(({ name }) => name).join(", ");
  return rows.length === 0
    ? ok("tenants", "row-level security is forced on all tenant tables")
    : fail(
        "tenants",
        `row-level security is not forced on ${names}`,
        `alter table <name> enable row level security, force row level security; then find out who changed it`,
      );
};

export const checkLogin: Check = async (client) => {
  const { name, powerful } = await one<{ name: string; powerful: boolean }>(
    client,
    "select rolname as name, rolsuper as powerful from pg_roles where rolname = current_user",
  );
  return powerful
    ? warn(
        "login",
        `${name} is a superuser`,
        "give Okno a login of its own that owns its database and nothing else",
      )
    : ok("login", `${name} is no superuser`);
};

export const checkClock: Check = async (client) => {
  const before = Date.now();
  const { now } = await one<{ now: Date }>(client, "select clock_timestamp() as now");
  const after = Date.now();
  // The answer was made somewhere between: within that, nothing can be said.
  const at = now.getTime();
  return judgeSkew(at < before ? before - at : Math.max(0, at - after));
};

export function judgeSkew(ms: number): Finding {
  const words = `the clocks of this machine and of the database differ by ${(ms / 1000).toFixed(1)} s`;
  const advice = "synchronise both by NTP: deadlines and sessions are reckoned by them";
  if (ms > skewFailMs) return fail("clock", words, advice);
  return ms > skewWarnMs ? warn("clock", words, advice) : ok("clock", "agrees with the database's");
}
