import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { type ErrorCode, errorCodes } from "@okno/contract";
import { Validator } from "@seriousme/openapi-schema-validator";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../testing/index.ts";
import type { OpenApi } from "./index.ts";

type Served = { method: string; path: string };

let t: TestApp;
let document: OpenApi;
/** What Fastify really serves: heard from Fastify itself, as routes are added to it. */
const served: Served[] = [];

function listen(message: unknown): void {
  const { fastify } = message as { fastify: FastifyInstance };
  fastify.addHook("onRoute", ({ method, url }) => {
    for (const each of [method].flat()) served.push({ method: each, path: url.replace(/:(\w+)/gu, "{$1}") });
  });
}

beforeAll(async () => {
  subscribe("fastify.initialization", listen);
  t = await startTestApp();
  unsubscribe("fastify.initialization", listen);
  document = (await (await fetch(`${t.url}/openapi.json`)).json()) as OpenApi;
});
afterAll(() => t.close());

const spelled = ({ method, path }: Served) => `${method} ${path}`;
const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );

test("[PO-17] the document is valid OpenAPI 3.1, and a broken one would not be", async () => {
  const valid = await new Validator().validate(structuredClone(document) as never);
  expect(valid.errors).toBeUndefined();
  expect(valid.valid).toBe(true);
  const broken = { ...structuredClone(document), paths: { "/v1/tickets": { get: { responses: "none" } } } };
  expect((await new Validator().validate(broken as never)).valid).toBe(false);
});

test("[PO-17] every public route of the running server is in the document, and the other way round", () => {
  // The pages about the API and the document itself are no part of it; HEAD comes with GET.
  const isApi = ({ method, path }: Served) =>
    method !== "HEAD" && !/^\/(?:docs|help|openapi\.json)(?:\/|$)/u.test(path);
  // Some are served with and without the slash at their end: one route.
  const documented = new Set(Object.keys(document.paths));
  const named = ({ method, path }: Served) =>
    spelled({ method, path: documented.has(`${path}/`) ? `${path}/` : path });
  const real = [...new Set(served.filter(isApi).map(named))].sort();
  expect(real.length).toBeGreaterThan(50);
  expect(operations().map(spelled).sort()).toEqual(real);
});

test("every reference of the document leads somewhere, and every named part is used", () => {
  const text = JSON.stringify(document);
  const targets = new Set(
    [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/gu)].map(
      ([, kind, name]) => `${kind}/${name}`,
    ),
  );
  const named = (["schemas", "responses", "headers"] as const).flatMap((kind) =>
    Object.keys(document.components[kind]).map((name) => `${kind}/${name}`),
  );
  expect([...targets].sort()).toEqual(named.sort());
});

test("every route says who may call it and which codes it answers; each code stands under its own status", () => {
  for (const { operation } of operations()) {
    const codes = operation["x-codes"];
    expect(codes).toContain("internal_error" satisfies ErrorCode);
    const statuses = Object.keys(operation.responses).filter((status) => Number(status) >= 400);
    expect(new Set(statuses)).toEqual(new Set(codes.map((code) => String(errorCodes[code].status))));
    if (operation.security.length > 0) expect(codes).toContain("unauthenticated" satisfies ErrorCode);
    expect(operation["x-scope"] === undefined).toBe(
      !operation.security.some((scheme) => "bearerKey" in scheme),
    );
  }
});

test("an authenticated POST takes an Idempotency-Key, and nothing else does", () => {
  for (const { method, operation } of operations()) {
    const takes = operation.parameters?.some(({ name }) => name === "Idempotency-Key") ?? false;
    expect(takes, operation.operationId).toBe(method === "POST" && operation.security.length > 0);
  }
});

test("personal fields carry their mark, and no mark is lost on the way", () => {
  const { NewTicket, Message, ContactInput } = document.components.schemas;
  expect(NewTicket?.properties?.subject?.["x-personal"]).toBe(true);
  expect(Message?.properties?.body?.["x-personal"]).toBe(true);
  expect(ContactInput?.properties?.phone?.["x-personal"]).toBe(true);
  expect(JSON.stringify(document)).not.toContain('"personal":true');
});

test("a body of the documented form is taken, and what is required is required", async () => {
  const { required } = document.components.schemas.NewTicket ?? {};
  expect(required).toEqual(["subject", "body"]);
  const res = await t.app.http.inject({ method: "GET", url: "/docs/reference" });
  const example =
    /\/v1\/tickets&#39; \\\n {2}-H &#39;authorization.*\n.*\n {2}-d &#39;(.*)&#39;<\/code>/u.exec(
      res.body,
    )?.[1];
  const body = JSON.parse((example ?? "null").replaceAll("&quot;", '"')) as { subject: string; body: string };
  expect((await t.client.tickets.create({ body })).subject).toBe(body.subject);
});

test("the page is served whole, under a policy that runs nothing of others", async () => {
  const res = await fetch(`${t.url}/docs/reference`, {
    headers: { "accept-language": "de, en;q=0.5, ru;q=0.9" },
  });
  expect(res.status).toBe(200);
  expect(res.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
  const page = await res.text();
  expect(page).toContain('<html lang="ru">');
  for (const { operation } of operations()) expect(page).toContain(`id="${operation.operationId}"`);
  for (const code of Object.keys(errorCodes)) expect(page).toContain(`id="error-${code}"`);
  expect(page).toContain(`curl &#39;${t.url}/v1/tickets/tkt_`);
  expect(page).not.toMatch(/<style|style="|onclick|<script>/u);
  expect(await (await fetch(`${t.url}/docs/reference?lang=en`)).text()).toContain('<html lang="en">');
});

test("a host that is no host stays out of the page", async () => {
  const headers = { host: "x'><script>alert(1)</script>" };
  const res = await t.app.http.inject({ method: "GET", url: "/docs/reference", headers });
  expect(res.body).not.toContain("alert(1)");
});
