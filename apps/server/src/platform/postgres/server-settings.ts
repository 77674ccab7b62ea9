import { readFile } from "node:fs/promises";
import path from "node:path";

export type ServerSettings = Readonly<Record<string, string>>;

/** Settings of the embedded server; durability (fsync, synchronous_commit, full_page_writes) stays as PostgreSQL ships it. */
export async function composeSettings(
  clusterDir: string,
  socketDir: string,
  overrides: ServerSettings = {},
): Promise<ServerSettings> {
  const major = Number.parseInt(await readFile(path.join(clusterDir, "PG_VERSION"), "utf8"), 10);
  return {
    listen_addresses: "",
    unix_socket_directories: socketDir,
    unix_socket_permissions: "0700",
    max_connections: "100",
    shared_buffers: "128MB",
    wal_compression: "on",
    jit: "off",
    TimeZone: "UTC",
    log_timezone: "UTC",
    // 18's default, worker processes, reads the OS cache three to four times slower on two cores (measured).
    ...(major >= 18 ? { io_method: "sync" } : {}),
    // Errors go to the client that caused them. In the log their texts and statements would show personal data.
    log_min_messages: "log",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_checkpoints: "off",
    ...overrides,
  };
}
