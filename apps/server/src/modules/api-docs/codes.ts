import { type ErrorCode, errorCodes, type Route } from "@okno/contract";

/** What any route may answer, whatever it does. */
const always: readonly ErrorCode[] = ["rate_limited", "internal_error", "unavailable"];

const writes = (route: Route) => route.method !== "GET";
const takesJson = (route: Route) => route.body !== undefined && route.consumes === undefined;

/** May the caller send an `Idempotency-Key`? */
export function takesIdempotencyKey(route: Route): boolean {
  return route.method === "POST" && route.access.by !== "anyone";
}

// Mirrors the shell: each code beside the condition under which the shell itself raises it.
const byShell: readonly [ErrorCode, (route: Route) => boolean][] = [
  ["unauthenticated", ({ access }) => access.by !== "anyone"],
  ["forbidden", ({ access }) => access.by !== "anyone"],
  ["cross_site", (route) => writes(route) && route.path.startsWith("/v1/")],
  ["not_found", ({ params }) => params !== undefined],
  ["invalid_request", (route) => Boolean(route.query ?? route.body) || takesIdempotencyKey(route)],
  ["invalid_json", takesJson],
  ["unsupported_media_type", writes],
  ["payload_too_large", writes],
  ["idempotency_mismatch", takesIdempotencyKey],
  ["idempotency_in_flight", ({ idempotency }) => idempotency === "required"],
  ["signature_required", ({ access }) => access.by === "principal"],
  ["signature_invalid", ({ access }) => access.by === "principal"],
];

/** Every code a route may answer: its own and those of the shell, in the order of the table. */
export function codesOf(route: Route): ErrorCode[] {
  const shell = byShell.filter(([, applies]) => applies(route)).map(([code]) => code);
  const all = new Set<ErrorCode>([...route.errors, ...shell, ...always]);
  return (Object.keys(errorCodes) as ErrorCode[]).filter((code) => all.has(code));
}
