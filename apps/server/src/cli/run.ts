import { Refusal } from "@okno/kit";
import { OperationError } from "../modules/operations/index.ts";
import { EnvError, readEnv } from "../platform/env.ts";
import { createLog } from "../platform/log.ts";
import { DataDirectoryInUse, EmbeddedPostgresUnavailable } from "../platform/postgres/index.ts";
import { type Command, helpOf, readArguments, UsageError, valuesOf } from "./command.ts";
import { backupCommand } from "./commands/backup.ts";
import { demoCommand } from "./commands/demo.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { keyCreateCommand } from "./commands/key-create.ts";
import { memberAddCommand } from "./commands/member-add.ts";
import { migrateCommand } from "./commands/migrate.ts";
import { restoreCommand } from "./commands/restore.ts";
import { serveCommand } from "./commands/serve.ts";
import { verifyJournalCommand } from "./commands/verify-journal.ts";
import { workspaceAddCommand } from "./commands/workspace-add.ts";

const commands: readonly Command[] = [
  serveCommand,
  migrateCommand,
  demoCommand,
  workspaceAddCommand,
  memberAddCommand,
  keyCreateCommand,
  doctorCommand,
  backupCommand,
  restoreCommand,
  verifyJournalCommand,
];

export type Terminal = {
  say(line: string): void;
  complain(line: string): void;
  /** The process's own if absent. */
  variables?: Readonly<Record<string, string | undefined>>;
};

const exit = { done: 0, failed: 1, misused: 2 } as const;

function overview(): string {
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(16)} ${summary}`);
  return ["Usage: okno <command> [options]; okno <command> --help tells more", "", ...lines].join("\n");
}

function findCommand(args: readonly string[]): { command: Command; rest: readonly string[] } | undefined {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(" ");
    const command = commands.find((each) => each.name === name);
    if (command) return { command, rest: args.slice(words) };
  }
  return undefined;
}

/** The words of an error that is no fault of the program; undefined for a fault, which deserves its stack. */
function wordsOf(error: unknown): string | undefined {
  const known = [EnvError, OperationError, DataDirectoryInUse, EmbeddedPostgresUnavailable];
  if (known.some((kind) => error instanceof kind)) return (error as Error).message;
  if (error instanceof Refusal)
    return [error.message, ...error.fields.map(({ pointer, message }) => `${pointer}: ${message}`)].join(
      "\n",
    );
  // The database or the disk: their codes are all capitals and digits, and their messages are meant for people.
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!/^[A-Z0-9]{4,}$/u.test(code)) return undefined;
  return error instanceof AggregateError
    ? error.errors.map((each: Error) => each.message).join("; ")
    : (error as Error).message;
}

function showOverview(args: readonly string[], { say, complain }: Terminal): number {
  const [name] = args;
  if (name === "--help" || name === "-h" || name === "help") {
    say(overview());
    return exit.done;
  }
  if (name !== undefined) complain(`okno has no command ${args.slice(0, 2).join(" ")}`);
  complain(overview());
  return exit.misused;
}

async function runCommand(
  command: Command,
  args: readonly string[],
  { say, complain, variables }: Terminal,
): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  if (values.help) {
    say(helpOf(command));
    return exit.done;
  }
  if (!command.positionals && positionals.length > 0)
    throw new UsageError(`${positionals.join(" ")} was not expected`);
  const log = createLog("error", { write: (line) => complain(line.trimEnd()) });
  return command.run({ ...valuesOf(values), positionals, env: () => readEnv(variables), log, say });
}

/** Runs one command line. @returns the exit code: 0 done, 1 failed, 2 not understood. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const found = findCommand(args);
  if (!found) return showOverview(args, terminal);
  const { command, rest } = found;
  try {
    return await runCommand(command, rest, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.complain(`${error.message}\nokno ${command.name} --help tells more.`);
      return exit.misused;
    }
    terminal.complain(wordsOf(error) ?? (error as Error).stack ?? String(error));
    return exit.failed;
  }
}
