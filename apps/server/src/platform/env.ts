import { resolve } from "node:path";
import { z } from "zod";
import { readAllowList } from "./outgoing/addresses.ts";

const flag = z.enum(["0", "1"]).transform((value) => value === "1");
const roleNames = ["api", "worker", "channels"] as const;

// An empty variable is an unset one: shells and compose files cannot unset.
const schema = z.object({
  OKNO_PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  OKNO_HOST: z.string().default("127.0.0.1"),
  OKNO_DATA_DIR: z.string().default("./data"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/u }).optional(),
  OKNO_FILES_URL: z
    .string()
    .refine((value) => !value.startsWith("s3:"), {
      error: "S3 buckets are not supported yet; give a directory",
    })
    .optional(),
  OKNO_DEMO: flag.optional(),
  OKNO_SECRET_KEY: z.string().min(32, "at least 32 characters").optional(),
  OKNO_ADMIN_API_KEY: z.string().min(24, "at least 24 characters").optional(),
  OKNO_PUBLIC_URL: z.url({ protocol: /^https?$/u }).optional(),
  OKNO_PUSH_SERVICES: z
    .string()
    .default("")
    .transform((value) =>
      value
        .split(",")
        .map((host) => host.trim())
        .filter((host) => host !== ""),
    ),
  OKNO_OUTGOING_ALLOW: z
    .string()
    .default("")
    .transform((value, ctx) => {
      const entries = value
        .split(",")
        .map((entry) => entry.trim())
        .filter((entry) => entry !== "");
      const { wrong } = readAllowList(entries);
      if (wrong.length > 0)
        ctx.addIssue({
          code: "custom",
          message: "hosts, addresses and networks such as 10.1.0.0/16, by commas",
        });
      return entries;
    }),
  OKNO_TRUST_PROXY: flag.default(false),
  OKNO_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  OKNO_ROLES: z
    .string()
    .default(roleNames.join(","))
    .transform((value, ctx) => {
      const names = value.split(",").map((name) => name.trim());
      const unknown = names.filter((name) => !(roleNames as readonly string[]).includes(name));
      if (unknown.length > 0)
        ctx.addIssue({
          code: "custom",
          message: `unknown: ${unknown.join(", ")}; known: ${roleNames.join(", ")}`,
        });
      return new Set(names as (typeof roleNames)[number][]);
    }),
});

export type Env = {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl: string | undefined;
  filesDir: string;
  demo: boolean | undefined;
  secretKey: string | undefined;
  adminApiKey: string | undefined;
  publicUrl: string | undefined;
  trustProxy: boolean;
  /** Hosts of push services besides those of the known browsers. */
  pushServices: readonly string[];
  /** Hosts and networks inside that may be called although outsiders chose the address. */
  outgoingAllow: readonly string[];
  logLevel: z.output<typeof schema>["OKNO_LOG_LEVEL"];
  roles: ReadonlySet<(typeof roleNames)[number]>;
};

/** The environment has problems: all of them at once, by name, never with their values. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

/**
 * Reads the environment: the only place that does.
 * @throws EnvError naming every variable that is wrong.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const known = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(known);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  if (known.DATABASE_URL && !known.OKNO_SECRET_KEY)
    problems.push("  OKNO_SECRET_KEY: required together with DATABASE_URL");
  if (!parsed.success || problems.length > 0)
    throw new EnvError(`The environment is not right:\n${problems.join("\n")}`);
  const env = parsed.data;
  const dataDir = resolve(env.OKNO_DATA_DIR);
  return {
    port: env.OKNO_PORT,
    host: env.OKNO_HOST,
    dataDir,
    databaseUrl: env.DATABASE_URL,
    filesDir: resolve(env.OKNO_FILES_URL?.replace(/^file:\/\//u, "") ?? `${dataDir}/files`),
    demo: env.OKNO_DEMO,
    secretKey: env.OKNO_SECRET_KEY,
    adminApiKey: env.OKNO_ADMIN_API_KEY,
    publicUrl: env.OKNO_PUBLIC_URL?.replace(/\/$/u, ""),
    trustProxy: env.OKNO_TRUST_PROXY,
    pushServices: env.OKNO_PUSH_SERVICES,
    outgoingAllow: env.OKNO_OUTGOING_ALLOW,
    logLevel: env.OKNO_LOG_LEVEL,
    roles: env.OKNO_ROLES,
  };
}
