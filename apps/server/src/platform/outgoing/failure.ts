import { type OutgoingFailure, OutgoingRefused } from "@okno/kit";

const dns = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA", "ENODATA", "ESERVFAIL", "ETIMEOUT"]);
const connect = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "EACCES",
  "EPERM",
]);
const tls = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/u;

const codeOf = (error: unknown) =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

/** The kind of failure that an error of Node's stands for. @throws OutgoingRefused, which the look-up has hidden in it. */
export function failureOf(error: unknown): OutgoingFailure {
  if (error instanceof OutgoingRefused) throw error;
  // Several addresses were tried: the first failure speaks for all.
  if (error instanceof AggregateError && error.errors.length > 0) return failureOf(error.errors[0]);
  const code = codeOf(error);
  if (code === "ABORT_ERR" || code === "ETIMEDOUT" || (error as Error).name === "TimeoutError")
    return "timeout";
  if (dns.has(code)) return "dns";
  if (connect.has(code)) return "connect";
  return tls.test(code) ? "tls" : "protocol";
}
