import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { flowDiagram } from "@okno/kit";
import pg from "pg";
import { apiRoutes } from "../api-routes.ts";
import { allMigrations } from "../migrations.ts";
import { buildOpenApi, errorTable } from "../modules/api-docs/index.ts";
import { migrate } from "../platform/migrate.ts";
import { startEmbeddedPostgres } from "../platform/postgres/index.ts";
import { dumpSchema } from "../platform/schema-dump.ts";
import { kinds } from "../registry.ts";
import { version } from "../version.ts";

// Writes what is derived from the contract, the flows and the migrations. `--check` writes nothing and fails where something is stale.

const root = fileURLToPath(new URL("../../../../", import.meta.url));

type Generated = { path: string; text: string };

const begin = "<!-- flow: made by npm run gen -->";
const end = "<!-- /flow -->";

/** The schema of a scratch database that all migrations have run on. */
async function schemaSql(): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), "okno-gen-"));
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings });
  try {
    const { host, port, user, database } = postgres.connection;
    await migrate({ host, port, user, database }, allMigrations());
    const client = new pg.Client({ host, port, user, database });
    await client.connect();
    try {
      return await dumpSchema(client);
    } finally {
      await client.end();
    }
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** A kind's README with its diagram between the markers; the section is added at the end of a README that has none yet. */
export function withDiagram(readme: string, diagram: string): string {
  const section = `${begin}\n\`\`\`mermaid\n${diagram}\n\`\`\`\n${end}`;
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from === -1 || to < from) return `${readme.trimEnd()}\n\n${section}\n`;
  return readme.slice(0, from) + section + readme.slice(to + end.length);
}

function kindReadmes(): Generated[] {
  const folders = new Set(readdirSync(join(root, "kinds")));
  return kinds.map(({ manifest: { id, flow } }) => {
    if (!folders.has(id)) throw new Error(`the kind ${id} has no folder of its name`);
    const path = `kinds/${id}/README.md`;
    const readme = existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : `# ${id}\n`;
    return { path, text: withDiagram(readme, flowDiagram(flow)) };
  });
}

async function generate(): Promise<Generated[]> {
  return [
    { path: "docs/openapi.json", text: `${JSON.stringify(buildOpenApi(apiRoutes, version), null, 2)}\n` },
    { path: "docs/errors.md", text: errorTable(apiRoutes) },
    { path: "db/schema.sql", text: await schemaSql() },
    ...kindReadmes(),
  ];
}

function stored({ path }: Generated): string | undefined {
  const file = join(root, path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** The first lines in which a stored file and what it should be differ. */
export function summaryOf(path: string, now: string | undefined, fresh: string): string {
  if (now === undefined) return `${path} is missing`;
  const have = new Set(now.split("\n"));
  const want = new Set(fresh.split("\n"));
  const gone = [...have].filter((line) => !want.has(line)).map((line) => `  - ${line}`);
  const added = [...want].filter((line) => !have.has(line)).map((line) => `  + ${line}`);
  const shown = [...gone.slice(0, 8), ...added.slice(0, 8)];
  return [`${path} is stale: ${gone.length} lines to go, ${added.length} to come`, ...shown].join("\n");
}

async function write(files: readonly Generated[]): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    console.log(`wrote ${path}`);
  }
}

function check(stale: readonly Generated[]): void {
  for (const file of stale) console.log(summaryOf(file.path, stored(file), file.text));
  if (stale.length === 0) return;
  console.log("Run npm run gen and commit what it writes.");
  process.exitCode = 1;
}

if (import.meta.main) {
  const stale = (await generate()).filter((file) => stored(file) !== file.text);
  if (process.argv.includes("--check")) check(stale);
  else await write(stale);
}
