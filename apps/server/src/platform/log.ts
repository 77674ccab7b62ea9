import { type Logger, pino } from "pino";

export type Log = Logger;

/**
 * Structured logs: a static message and fields. Personal data never reaches them: routes log by name and status, never by body,
 * query or header; the list below is the net under that.
 */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
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
