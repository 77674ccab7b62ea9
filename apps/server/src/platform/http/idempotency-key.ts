import type { Route } from "@okno/contract";
import { refuse } from "@okno/kit";
import { parseString } from "@okno/signing";
import type { FastifyRequest } from "fastify";
import { type IdempotencyKey, requestHash } from "./idempotency.ts";

const wrong = (message: string) =>
  refuse("invalid_request", {}, [{ pointer: "header/idempotency-key", message }]);

/** The standard's form is a quoted string; most clients send it bare. Both name the same key. */
function keyOf(header: string): string | undefined {
  return header.startsWith('"') ? parseString(header) : header;
}

/**
 * The `Idempotency-Key` of an authenticated POST, bound to its method, path and body.
 * @throws invalid_request where it has no possible form, or is absent and required.
 */
export function readIdempotencyKey(req: FastifyRequest, { idempotency }: Route): IdempotencyKey | undefined {
  const header = req.headers["idempotency-key"];
  if (typeof header !== "string" || req.method !== "POST") {
    if (idempotency === "required") throw wrong("required: a name for this request, 1 to 255 characters");
    return undefined;
  }
  const key = keyOf(header);
  if (key === undefined || key.length > 255 || key.length === 0) throw wrong("1 to 255 characters");
  return { key, requestHash: requestHash(req.method, req.url, req.body) };
}
