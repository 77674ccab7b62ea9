/** Another Okno holds the data directory. Its message is meant for the person at the terminal. */
export class DataDirectoryInUse extends Error {
  readonly pid: number | undefined;
  readonly dataDir: string;

  constructor(dataDir: string, pid: number | undefined, options?: ErrorOptions) {
    const who = pid === undefined ? "Another Okno" : `Another Okno (process ${pid})`;
    super(
      `${who} is already using the data directory ${dataDir}. ` +
        "Stop it first, or give this one a directory of its own: OKNO_DATA_DIR=/some/other/path.",
      options,
    );
    this.name = "DataDirectoryInUse";
    this.pid = pid;
    this.dataDir = dataDir;
  }
}

/** The embedded PostgreSQL cannot run here; the message says why and what to do about it. */
export class EmbeddedPostgresUnavailable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`The embedded PostgreSQL cannot start: ${reason}`, options);
    this.name = "EmbeddedPostgresUnavailable";
  }
}
