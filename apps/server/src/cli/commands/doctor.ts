import { access } from "node:fs/promises";
import { join } from "node:path";
import { allMigrations } from "../../migrations.ts";
import { examineDatabase, examineMachine, type Finding } from "../../modules/operations/index.ts";
import { type Env, EnvError } from "../../platform/env.ts";
import { DataDirectoryInUse, EmbeddedPostgresUnavailable } from "../../platform/postgres/index.ts";
import type { Command, Context } from "../command.ts";
import { withDatabaseSource } from "../installation.ts";

const marks = { ok: "ok  ", warn: "warn", fail: "FAIL" };

function show(say: Context["say"], { level, about, text, advice }: Finding): void {
  say(`${marks[level]}  ${about}: ${text}`);
  if (advice) say(`      → ${advice}`);
}

function readEnvironment(context: Context): Env | Finding[] {
  try {
    return context.env();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    const problems = error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
    return problems.map((text) => ({
      level: "fail",
      about: "environment",
      text,
      advice: "correct the variable, or unset it",
    }));
  }
}

async function isDatabaseMade({ databaseUrl, dataDir }: Env): Promise<boolean> {
  if (databaseUrl !== undefined) return true;
  return access(join(dataDir, "pg", "PG_VERSION")).then(
    () => true,
    () => false,
  );
}

async function examineData(context: Context, env: Env): Promise<Finding[]> {
  // Looking must not make anything.
  if (!(await isDatabaseMade(env)))
    return [
      {
        level: "warn",
        about: "database",
        text: `there is none in ${env.dataDir} yet`,
        advice: "the first start makes it; is OKNO_DATA_DIR the right one?",
      },
    ];
  const options = {
    external: env.databaseUrl !== undefined,
    migrations: allMigrations(),
    filesDir: env.filesDir,
  };
  try {
    return await withDatabaseSource(context, (settings) => examineDatabase({ ...options, settings }));
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse || error instanceof EmbeddedPostgresUnavailable)) throw error;
    return [
      {
        level: "fail",
        about: "database",
        text: error.message,
        advice: "the lines above it say what to mend; then run the doctor again",
      },
    ];
  }
}

export const doctorCommand: Command = {
  name: "doctor",
  summary: "Says what is wrong with this installation and what to do; changes nothing",
  options: {},
  notes: ["Exit code 1 when something must be mended; warnings alone leave it 0."],
  async run(context) {
    const env = readEnvironment(context);
    const findings = Array.isArray(env)
      ? env
      : [
          { level: "ok", about: "environment", text: "understood" } as const,
          ...(await examineMachine(env)),
          ...(await examineData(context, env)),
        ];
    for (const finding of findings) show(context.say, finding);
    const count = (level: Finding["level"]) => findings.filter((finding) => finding.level === level).length;
    context.say("");
    context.say(`${count("ok")} ok, ${count("warn")} to know of, ${count("fail")} to mend`);
    return count("fail") > 0 ? 1 : 0;
  },
};
