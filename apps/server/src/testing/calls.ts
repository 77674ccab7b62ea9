import type { Route } from "@okno/contract";
import type { Caller, World } from "./world.ts";

export type Input = {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  form?: FormData | URLSearchParams;
  headers?: Record<string, string>;
};

export type Answer = {
  status: number;
  type: string;
  json: unknown;
  code: string | undefined;
  headers: Headers;
};

export function addressOf(route: Route, { params = {}, query = {} }: Input): string {
  const path = route.path.replace(/\{(\w+)\}/gu, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams(query);
  return `${path}${search.size > 0 ? `?${search}` : ""}`;
}

/** Calls a route as it stands on the wire, past the typed client: also with what no client would send. */
export async function call(
  { t }: Pick<World, "t">,
  route: Route,
  caller: Caller,
  input: Input,
): Promise<Answer> {
  const gone = new AbortController();
  const json = input.body === undefined ? undefined : JSON.stringify(input.body);
  const res = await fetch(`${t.url}${addressOf(route, input)}`, {
    method: route.method,
    headers: {
      ...(json !== undefined && { "content-type": "application/json" }),
      ...caller,
      ...input.headers,
    },
    body: input.form ?? json ?? null,
    signal: gone.signal,
  });
  const type = res.headers.get("content-type")?.split(";")[0] ?? "";
  if (type === "text/event-stream") {
    gone.abort();
    return { status: res.status, type, json: undefined, code: undefined, headers: res.headers };
  }
  const text = await res.text();
  const parsed: unknown = type.endsWith("json") ? JSON.parse(text) : undefined;
  const code = type === "application/problem+json" ? (parsed as { code: string }).code : undefined;
  return { status: res.status, type, json: parsed, code, headers: res.headers };
}
