import {
  type BodyInputOf,
  type ParamsOf,
  type QueryInputOf,
  type Route,
  routes,
  type SuccessOf,
} from "@okno/contract";
import { OknoError } from "./error.ts";

type Without<T> = [T] extends [never] ? true : false;
type IsUnknown<T> = unknown extends T ? true : false;
type Field<K extends string, T> =
  Without<T> extends true
    ? object
    : IsUnknown<T> extends true
      ? object
      : object extends T
        ? { [P in K]?: T }
        : { [P in K]: T };

/** What a call takes: `params`, `query`, `body` as the route declares them, and how to send it. */
export type CallInput<R> = Field<"params", ParamsOf<R>> &
  Field<"query", QueryInputOf<R>> &
  Field<"body", BodyInputOf<R>> &
  CallOptions;

export type CallOptions = {
  /** Makes a POST safe to repeat: the first answer is stored and given again. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** A multipart body, for uploads. */
  form?: FormData;
};

type Optional<I> = object extends I ? [input?: I] : [input: I];
type Call<R> = (...input: Optional<CallInput<R>>) => Promise<SuccessOf<R>>;
type Group<T> = { [K in keyof T]: Call<T[K]> };

/** The typed client: one method a route, grouped by resource. */
export type OknoClient = { [G in keyof typeof routes]: Group<(typeof routes)[G]> };

export type ClientOptions = {
  /** `https://desk.example`, without a slash at the end; empty for the page's own origin. */
  baseUrl: string;
  /** An API key; a browser with a session needs none. */
  key?: string;
  fetch?: typeof fetch;
};

type AnyInput = CallOptions & {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
};

function address(base: string, path: string, input: AnyInput): string {
  const filled = path.replace(/\{(\w+)\}/gu, (_, name: string) =>
    encodeURIComponent(input.params?.[name] ?? ""),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {}))
    if (value !== undefined) query.set(name, String(value));
  return `${base}${filled}${query.size > 0 ? `?${query}` : ""}`;
}

/**
 * Calls one route of any contract table (also of a channel or a kind).
 * @throws OknoError for every answer that is not a success, with the stable `code` of the contract.
 * @throws TypeError when the server could not be reached (as `fetch` does).
 */
export async function callRoute<R extends Route>(
  options: ClientOptions,
  route: R,
  input: AnyInput,
): Promise<SuccessOf<R>> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (options.key) headers.authorization = `Bearer ${options.key}`;
  if (input.idempotencyKey) headers["idempotency-key"] = input.idempotencyKey;
  if (input.body !== undefined) headers["content-type"] = "application/json";
  const res = await (options.fetch ?? fetch)(address(options.baseUrl, route.path, input), {
    method: route.method,
    headers,
    credentials: "same-origin",
    body: input.form ?? (input.body === undefined ? null : JSON.stringify(input.body)),
    ...(input.signal && { signal: input.signal }),
  });
  if (!res.ok) throw await OknoError.from(res);
  return (res.status === 204 ? undefined : await res.json()) as SuccessOf<R>;
}

/** A client of the whole API. */
export function createClient(options: ClientOptions): OknoClient {
  const groups = Object.entries(routes).map(([group, table]) => [
    group,
    Object.fromEntries(
      Object.entries(table).map(([name, route]) => [
        name,
        (input: AnyInput = {}) => callRoute(options, route as Route, input),
      ]),
    ),
  ]);
  return Object.fromEntries(groups) as OknoClient;
}
