import { EnvError, readEnv } from "./platform/env.ts";
import { createLog } from "./platform/log.ts";
import { DataDirectoryInUse, EmbeddedPostgresUnavailable } from "./platform/postgres/index.ts";
import { serve } from "./serve.ts";

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function main(): Promise<number> {
  const env = readEnv();
  const log = createLog(env.logLevel, { write: (line) => void process.stderr.write(line) });
  const running = await serve(env, log);
  say(`Okno is ready at ${running.url}`);
  for (const line of running.welcome) say(line);
  // A signal to the whole group arrives twice: from the terminal and from npm. Stopping once is enough.
  const asked = new Promise<"asked">((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => resolve("asked"));
  });
  const why = await Promise.race([asked, running.failed.then(() => "failed" as const)]);
  if (why === "failed") log.error("the database has ended; stopping");
  await running.stop();
  return why === "failed" ? 1 : 0;
}

try {
  process.exit(await main());
} catch (error) {
  const known =
    error instanceof EnvError ||
    error instanceof DataDirectoryInUse ||
    error instanceof EmbeddedPostgresUnavailable;
  process.stderr.write(`${known ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}
