import { type ParseArgsOptionDescriptor, parseArgs } from "node:util";
import type { Env } from "../platform/env.ts";
import type { Log } from "../platform/log.ts";

/** The command was not understood: exit code 2, with the command's own help named. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export type Option = ParseArgsOptionDescriptor & {
  /** What stands after it in the help: `<name>`; absent for a switch. */
  value?: string;
  about: string;
};

type Values = { [option: string]: string | boolean | (string | boolean)[] | undefined };

export type Context = {
  positionals: readonly string[];
  /** The value of a text option; undefined when absent. */
  text(option: string): string | undefined;
  /** The values of an option that may be repeated or hold a list with commas. */
  list(option: string): string[];
  has(option: string): boolean;
  /** @throws EnvError */
  env(): Env;
  log: Log;
  say(line: string): void;
};

export type Command = {
  /** One or two words. */
  name: string;
  summary: string;
  /** Names of what stands without a dash. */
  positionals?: string;
  options: Readonly<Record<string, Option>>;
  /** More than the options tell; each a line. */
  notes?: readonly string[];
  /** @returns the exit code: 0 done, 1 not. */
  run(context: Context): Promise<number>;
};

const help: Option = { type: "boolean", short: "h", about: "this text" };

/** @throws UsageError for options the command does not have. */
export function readArguments(
  command: Command,
  args: readonly string[],
): { values: Values; positionals: string[] } {
  try {
    const options = { ...command.options, help };
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

/** The options' values as commands ask for them. */
export function valuesOf(values: Values): Pick<Context, "text" | "list" | "has"> {
  return {
    text: (option) => {
      const value = values[option];
      return typeof value === "string" && value !== "" ? value : undefined;
    },
    list: (option) =>
      [values[option] ?? []]
        .flat()
        .flatMap((value) => String(value).split(","))
        .map((value) => value.trim())
        .filter(Boolean),
    has: (option) => values[option] === true,
  };
}

/** The value of an option without which the command cannot run. @throws UsageError */
export function required({ text }: Pick<Context, "text">, option: string): string {
  const value = text(option);
  if (value === undefined) throw new UsageError(`--${option} is needed`);
  return value;
}

/** Exactly one word without a dash. @throws UsageError */
export function onlyPositional({ positionals }: Pick<Context, "positionals">, name: string): string {
  const [value] = positionals;
  if (value === undefined || positionals.length > 1) throw new UsageError(`name one ${name}`);
  return value;
}

/** The help of one command. */
export function helpOf({ name, summary, positionals, options, notes }: Command): string {
  const lines = Object.entries({ ...options, help }).map(([option, { short, value, about }]) => {
    const left = `${short ? `-${short}, ` : ""}--${option}${value ? ` ${value}` : ""}`;
    return `  ${left.padEnd(30)} ${about}`;
  });
  const usage = ["okno", name, ...(positionals ? [positionals] : []), "[options]"].join(" ");
  return [summary, "", `Usage: ${usage}`, "", ...lines, ...(notes ? ["", ...notes] : [])].join("\n");
}
