import type { z } from "zod";
import type { ErrorCode } from "./errors.ts";

export const roles = ["operator", "supervisor", "admin", "owner"] as const;
/** What a member may do in a project; each includes the ones before it. `owner` holds for the whole workspace. */
export type Role = (typeof roles)[number];

export const scopes = [
  "tickets:read",
  "tickets:write",
  "contacts:read",
  "contacts:write",
  "settings:read",
  "settings:write",
  "members:read",
  "members:write",
  "payouts:read",
  "payouts:create",
  "payouts:confirm",
] as const;
/** What an API key may do; a member's session holds all scopes and is bounded by the roles alone. */
export type Scope = (typeof scopes)[number];

/**
 * Who may call a route at all. Which rows the caller then sees is decided by the resource's one predicate.
 * - `anyone`: no sign-in; limited by address.
 * - `session`: a signed-in person in a browser, never a key.
 * - `principal`: a session or a key that holds `scope`, with at least `role` in some project.
 */
export type Access = { by: "anyone" } | { by: "session" } | { by: "principal"; scope: Scope; role: Role };

/** Which budget a call is counted against: see the server's rate limits. */
export type RateClass =
  | "read"
  | "write"
  | "sign-in"
  | "public"
  | "upload"
  | "stream"
  | "presence"
  | "merchant";

export type Schema = z.ZodType;

export type Route<
  P extends Schema = Schema,
  Q extends Schema = Schema,
  B extends Schema = Schema,
  S extends Schema = Schema,
> = {
  /** `resource.verb`; the operation id in OpenAPI. */
  name: string;
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** With parameters in braces: `/v1/tickets/{id}`. */
  path: `/${string}`;
  summary: string;
  access: Access;
  rate: RateClass;
  params?: P;
  query?: Q;
  body?: B;
  /** The content type of the body where it is not JSON. */
  consumes?: "multipart/form-data" | "application/x-www-form-urlencoded" | "application/octet-stream";
  /** The JSON body reaches the operation as the text it came as: the caller's own spelling of numbers matters. */
  keepsText?: true;
  /** The path is served with and without its last slash; documented as it stands. */
  eitherSlash?: true;
  /**
   * The `Idempotency-Key`, which every authenticated POST may carry, is required: a call without one is refused, and so, at once, is one
   * that comes while another with the same key is being carried out.
   */
  idempotency?: "required";
  success: { status: 200 | 201 | 202 | 204; schema?: S; produces?: string };
  /** The codes this route adds to those that every route may answer. */
  errors: readonly ErrorCode[];
};

/** Declares a route; keeps the exact types of its schemas. */
export function defineRoute<P extends Schema, Q extends Schema, B extends Schema, S extends Schema>(
  route: Route<P, Q, B, S>,
): Route<P, Q, B, S> {
  return route;
}

export type ParamsOf<R> = R extends Route<infer P, Schema, Schema, Schema> ? z.output<P> : never;
export type QueryOf<R> = R extends Route<Schema, infer Q, Schema, Schema> ? z.output<Q> : never;
export type BodyOf<R> = R extends Route<Schema, Schema, infer B, Schema> ? z.output<B> : never;
export type SuccessOf<R> = R extends Route<Schema, Schema, Schema, infer S> ? z.output<S> : never;
export type QueryInputOf<R> = R extends Route<Schema, infer Q, Schema, Schema> ? z.input<Q> : never;
export type BodyInputOf<R> = R extends Route<Schema, Schema, infer B, Schema> ? z.input<B> : never;
