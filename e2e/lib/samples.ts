import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { freePort } from "./server-process.ts";

// The samples of the guides, run as a reader would run them: by their own interpreters, with variables of the environment.

const folder = fileURLToPath(new URL("../../docs/integrators/samples/", import.meta.url));
const interpreters = { sh: "sh", py: "python3", php: "php", mjs: process.execPath } as const;
export type SampleLanguage = keyof typeof interpreters;

/** The languages of the samples, and whether this machine can run them. */
export const sampleLanguages = Object.entries(interpreters).map(([language, program]) => ({
  language: language as SampleLanguage,
  installed: !spawnSync(program, ["-h"], { timeout: 20_000 }).error,
}));

export type Variables = Record<string, string>;
export type Receiver = { url: string; heard(): string; stop(): Promise<void> };
type Caught = { headers: IncomingHttpHeaders; body: string };

export type SampleRunner = {
  /** Runs a sample to its end. @returns what it printed. @throws when it fails */
  run(file: string, more?: Variables, input?: string): Promise<string>;
  /** The same, where it prints JSON. */
  answerOf(file: string, more?: Variables): Promise<Record<string, unknown>>;
  /** Starts a sample that listens. */
  startReceiver(file: string, more?: Variables): Promise<Receiver>;
  /** Takes whatever is sent, for the samples that check one delivery. */
  startCatcher(): Promise<{ url: string; caught: Caught[] }>;
  /** Stops all that listens. */
  close(): Promise<void>;
};

async function untilListening(port: number): Promise<void> {
  const reached = () =>
    new Promise<boolean>((resolve) => {
      const probe = connect(port, "127.0.0.1", () => {
        probe.end();
        resolve(true);
      });
      probe.once("error", () => resolve(false));
    });
  await expect.poll(reached, { timeout: 30_000, interval: 50 }).toBe(true);
}

const languageOf = (file: string) => file.slice(file.lastIndexOf(".") + 1) as SampleLanguage;

export function createSampleRunner(variables: () => Variables): SampleRunner {
  const stops: (() => Promise<void>)[] = [];
  const environment = (more: Variables): NodeJS.ProcessEnv => ({ ...process.env, ...variables(), ...more });

  function run(file: string, more: Variables = {}, input = ""): Promise<string> {
    const options = { env: environment(more), timeout: 25_000 };
    return new Promise((resolve, reject) => {
      const child = execFile(
        interpreters[languageOf(file)],
        [join(folder, file)],
        options,
        (error, out, err) =>
          error ? reject(new Error(`${file}: ${error.message}\n${out}\n${err}`)) : resolve(out),
      );
      child.stdin?.end(input);
    });
  }

  return {
    run,
    answerOf: async (file, more) => JSON.parse(await run(file, more)) as Record<string, unknown>,
    async startReceiver(file, more = {}) {
      const port = await freePort();
      const language = languageOf(file);
      const path = join(folder, file);
      const parameters = language === "php" ? ["-S", `127.0.0.1:${port}`, path] : [path];
      const child: ChildProcess = spawn(interpreters[language], parameters, {
        env: environment({ ...more, PORT: String(port) }),
        stdio: ["ignore", "pipe", "pipe"],
      });
      let heard = "";
      for (const stream of [child.stdout, child.stderr])
        stream?.on("data", (chunk) => {
          heard += chunk;
        });
      const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      const stop = () => {
        child.kill();
        return ended;
      };
      stops.push(stop);
      await untilListening(port);
      return { url: `http://127.0.0.1:${port}/`, heard: () => heard, stop };
    },
    async startCatcher() {
      const caught: Caught[] = [];
      const http = createServer(async (req, res) => {
        caught.push({ headers: req.headers, body: await text(req) });
        res.end();
      });
      await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
      stops.push(async () => {
        http.closeAllConnections();
        http.close();
      });
      return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/`, caught };
    },
    async close() {
      for (const stop of stops) await stop();
    },
  };
}
