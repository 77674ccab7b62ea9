import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { Migration } from "../../../platform/migrate.ts";
import type { Storage } from "../../files/index.ts";
import { verifyChain } from "../../journal/index.ts";
import { queryableOf } from "../sql-client.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

const chainSample = 2_000;
const fileSample = 300;
const lateSeconds = 60;
/** A sequencer at work empties the outbox many times within this. */
const patienceMs = 1_000;

export async function checkMigrations(client: pg.Client, migrations: readonly Migration[]): Promise<Finding> {
  const { rows } = await client.query<{ name: string }>("select name from migrations");
  const known = new Set(migrations.map(({ name }) => name));
  const done = new Set(rows.map(({ name }) => name));
  const newer = [...done].filter((name) => !known.has(name));
  const pending = [...known].filter((name) => !done.has(name));
  if (newer.length > 0)
    return fail(
      "migrations",
      `the database is newer than this version: it has ${newer.join(", ")}`,
      "run the version of Okno that wrote it, or a newer one",
    );
  return pending.length > 0
    ? warn("migrations", `to be applied: ${pending.join(", ")}`, "okno migrate, or start Okno, which does it")
    : ok("migrations", `all ${done.size} applied`);
}

export async function checkJobs(client: pg.Client, now: Date): Promise<Finding[]> {
  const { rows } = await client.query<{ dead: number; late: number; names: string | null }>(
    `select count(*) filter (where dead)::int as dead, count(*) filter (where not dead and run_at < $1)::int as late,
       string_agg(distinct name, ', ') filter (where dead) as names from jobs`,
    [new Date(now.getTime() - lateSeconds * 1000)],
  );
  const { dead = 0, late = 0, names } = rows[0] ?? {};
  const found: Finding[] = [];
  if (dead > 0)
    found.push(
      warn(
        "jobs",
        `${dead} given up after many tries (${names})`,
        "the reason stands in the column last_error of the table jobs",
      ),
    );
  if (late > 0)
    found.push(
      warn(
        "jobs",
        `${late} late by more than ${lateSeconds} s`,
        "is a process with the role worker running? See OKNO_ROLES",
      ),
    );
  return found.length > 0 ? found : [ok("jobs", "none late, none given up")];
}

const concernDays = 7;

/** What the nightly verification of the inbox's counters found. */
export async function checkCounters(client: pg.Client, now: Date): Promise<Finding> {
  const { rows } = await client.query<{ projects: number; drifted: number; tickets: number }>(
    `select count(*)::int as projects, count(*) filter (where drifted_at > $1)::int as drifted,
       coalesce(sum(last_drift) filter (where drifted_at > $1), 0)::int as tickets from count_checks`,
    [new Date(now.getTime() - concernDays * 86_400_000)],
  );
  const { projects = 0, drifted = 0, tickets = 0 } = rows[0] ?? {};
  return drifted > 0
    ? warn(
        "counters",
        `in ${drifted} projects the numbers of the inbox had drifted by ${tickets} tickets in the last ${concernDays} days; they were corrected`,
        "something changes tickets past Okno, or Okno has a fault: the log says which counters, please report it",
      )
    : ok("counters", projects === 0 ? "not verified yet" : `verified in ${projects} projects, without drift`);
}

async function oldestUnsequenced(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    "select min(id)::text as id from outbox having count(*) > 0",
  );
  return rows[0]?.id;
}

export async function checkOutbox(client: pg.Client): Promise<Finding> {
  const first = await oldestUnsequenced(client);
  if (first === undefined) return ok("journal", "every event has its place");
  await delay(patienceMs);
  return (await oldestUnsequenced(client)) === first
    ? warn(
        "journal",
        "events wait for their place in the journal: consoles and webhooks do not see them",
        "start Okno; when it runs, restart it and look into its log",
      )
    : ok("journal", "events get their places");
}

export async function checkChain(client: pg.Client): Promise<Finding> {
  const { checked, brokenAt } = await verifyChain(queryableOf(client), { newest: chainSample });
  return brokenAt === undefined
    ? ok("chain", `the newest ${checked} entries of the journal are unchanged`)
    : fail(
        "chain",
        `the journal was changed at position ${brokenAt}`,
        "somebody or something wrote past Okno; compare with a backup, and check all of it by okno verify-journal",
      );
}

/** The newest files and as many others: what a message names must be there. */
export async function checkFiles(client: pg.Client, storage: Storage): Promise<Finding> {
  const { rows } = await client.query<{ workspace: string; sha256: string }>(
    `(select workspace_id as workspace, encode(sha256, 'hex') as sha256 from files order by created_at desc limit $1)
     union (select workspace_id, encode(sha256, 'hex') from files where get_byte(sha256, 0) = $2 limit $1)`,
    [fileSample, Math.floor(Math.random() * 256)],
  );
  const missing: string[] = [];
  for (const { workspace, sha256 } of rows)
    if (!(await storage.has(workspace, sha256))) missing.push(`${workspace}/${sha256}`);
  return missing.length === 0
    ? ok("files", `${rows.length} looked for, all there`)
    : fail(
        "files",
        `${missing.length} of ${rows.length} looked for are missing, such as ${missing[0]}`,
        "is OKNO_FILES_URL or OKNO_DATA_DIR the right one? Copy them back from a backup",
      );
}
