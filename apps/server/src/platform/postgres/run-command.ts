import { spawn } from "node:child_process";

/**
 * The whole environment of PostgreSQL's programs: nothing is inherited, so no secret of the server leaks into
 * them and no PGDATA, PGOPTIONS or LANG of the caller changes what they do.
 */
export function programEnvironment(libraryDir: string | undefined): NodeJS.ProcessEnv {
  return {
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    LC_ALL: process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8",
    TZ: "UTC",
    ...(libraryDir === undefined ? {} : { LD_LIBRARY_PATH: libraryDir }),
  };
}

export interface CommandResult {
  /** undefined: the program does not exist or could not be executed */
  readonly status: number | null | undefined;
  readonly output: string;
}

export interface CommandOptions {
  readonly input?: string;
  readonly libraryDir?: string | undefined;
  /** passed to the program as its descriptor 3 */
  readonly descriptor?: number;
}

/** Runs a short program to its end; never throws, the caller judges the status. */
export function runCommand(command: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const [program = "", ...args] = command;
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(program, args, {
      env: programEnvironment(options.libraryDir),
      stdio: ["pipe", "pipe", "pipe", options.descriptor ?? "ignore"],
    });
    const collect = (chunk: Buffer) => {
      output += chunk.toString("utf8");
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.stdin?.on("error", () => undefined); // a program that ends early closes its input; its status tells
    child.stdin?.end(options.input ?? "");
    child.on("error", (error) => resolve({ status: undefined, output: error.message }));
    child.on("close", (status) => resolve({ status, output }));
  });
}
