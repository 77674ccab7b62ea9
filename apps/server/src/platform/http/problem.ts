import { type ErrorCode, errorCodes, type Problem } from "@okno/contract";
import { Refusal } from "@okno/kit";
import type { z } from "zod";

/** The problem+json body of a refusal. */
export function problemOf(code: ErrorCode, requestId: string, refusal?: Refusal): Problem {
  const { status, title, retryable } = errorCodes[code];
  return {
    type: `urn:okno:error:${code}`,
    title,
    status,
    code,
    requestId,
    retryable,
    ...(refusal && refusal.fields.length > 0 && { errors: [...refusal.fields] }),
    ...(refusal && Object.keys(refusal.details).length > 0 && { details: refusal.details }),
  };
}

/** Every invalid field at once, each with its pointer; `where` is empty for the body, `query` or `path` elsewhere. */
export function invalidFields(error: z.ZodError, where: "" | "query" | "path"): Refusal["fields"] {
  return error.issues.map((issue) => ({
    pointer: `${where}/${issue.path.map((part) => pointerPart(String(part))).join("/")}`,
    message: issue.message,
  }));
}

function pointerPart(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Which refusal an error is: errors of the HTTP layer and of an overloaded database have codes too; the rest are faults. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known = httpErrors[code];
  return known && new Refusal(known);
}

const httpErrors: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "payload_too_large",
  FST_REQ_FILE_TOO_LARGE: "payload_too_large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported_media_type",
  FST_INVALID_MULTIPART_CONTENT_TYPE: "unsupported_media_type",
  FST_ERR_CTP_EMPTY_JSON_BODY: "invalid_json",
  FST_ERR_CTP_INVALID_JSON_BODY: "invalid_json",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "invalid_request",
  FST_ERR_BAD_URL: "invalid_request",
  FST_ERR_MAX_PARAM_LENGTH: "not_found",
  // The database takes no NUL, in text or in JSON: a value that a schema let through.
  "22021": "invalid_request",
  "22P05": "invalid_request",
  // The database: shutting down, starting up, too many connections, statement timeout.
  "57P01": "unavailable",
  "57P03": "unavailable",
  "53300": "unavailable",
  "57014": "unavailable",
  ECONNREFUSED: "unavailable",
  ENOENT: "unavailable",
  ECONNRESET: "unavailable",
};
