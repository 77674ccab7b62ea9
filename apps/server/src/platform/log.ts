import { type Logger, pino } from "pino";

export type Log = Logger;

// Only what names the place of a fault. A database error carries the row's values in `detail` and the whole connection beside it.
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: "not an error object" };
  const { name, message, stack } = error;
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  // The text of a database error about a value quotes the value.
  const quotes = typeof code === "string" && /^22/u.test(code);
  return {
    name,
    code,
    constraint,
    message: quotes ? "a value was refused by the database" : message,
    stack: quotes ? undefined : stack,
    cause,
  };
}

/**
 * Structured logs: a static message and fields. Personal data never reaches them: routes log by name and status, never by body,
 * query or header; the list below is the net under that.
 */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
    serializers: { err: describeError },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: [
      "*.email",
      "*.phone",
      "*.body",
      "*.subject",
      "*.password",
      "*.token",
      "*.secret",
      "*.authorization",
      "*.cookie",
    ],
  };
  return destination ? pino(options, destination) : pino(options);
}
