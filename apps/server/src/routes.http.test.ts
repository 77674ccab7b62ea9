import { exampleId, type Route, routes } from "@okno/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { apiRoutes } from "./api-routes.ts";
import { exampleOf } from "./modules/api-docs/example.ts";
import { codesOf } from "./modules/api-docs/index.ts";
import { createComponents } from "./modules/api-docs/schemas.ts";
import { type Answer, call, type Input } from "./testing/calls.ts";
import { kindRoutes, kindSamples } from "./testing/kind-samples.ts";
import { type Sample, samples } from "./testing/samples.ts";
import { type CallerName, createWorld, type Place, type World } from "./testing/world.ts";

// The meta-test: every route of the table is really called, rightly and in every wrong way that its declaration implies.

type JsonSchema = { type?: string; properties?: Record<string, JsonSchema>; enum?: unknown[]; $ref?: string };

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const own = Object.entries(routes).flatMap(([group, table]) =>
  Object.entries(table).map(([key, route]) => ({ group, key, route: route as Route })),
);
const core = [...own, ...kindRoutes].map((each) => ({ ...each, name: each.route.name }));
const publicOnes = apiRoutes.filter((route) => route.path.includes("{key}"));
const makers = { ...samples, ...kindSamples } as unknown as Record<
  string,
  Record<string, (place: Place, w: World) => Sample | Promise<Sample>>
>;

async function sampleOf({ group, key }: { group: string; key: string }, place: Place): Promise<Sample> {
  const make = makers[group]?.[key];
  if (!make) throw new Error(`no sample for ${group}.${key}`);
  return make(place, world);
}

function refused(answer: Answer, route: Route, status: number): void {
  expect(answer.status, JSON.stringify(answer.json)).toBe(status);
  expect(answer.type).toBe("application/problem+json");
  const problem = answer.json as { status: number; requestId: string; title: string };
  expect(problem.status).toBe(status);
  expect(problem.requestId).toBe(answer.headers.get("x-request-id"));
  expect(codesOf(route), `${route.name} answered ${answer.code}, which it does not declare`).toContain(
    answer.code,
  );
}

const schemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
const propertiesOf = (schema: z.ZodType | undefined) =>
  Object.keys((schema && schemaOf(schema).properties) ?? {});
const pointersOf = (answer: Answer) =>
  (answer.json as { errors?: { pointer: string }[] }).errors?.map(({ pointer }) => pointer) ?? [];

const isPrincipals = ({ route }: { route: Route }) => route.access.by !== "anyone";
const mayEverything = ({ access }: Route): CallerName => (access.by === "anyone" ? "anonymous" : "owner");

describe("success: the documented status and exactly the documented form", () => {
  test.each(core)("$name", async (each) => {
    const { route } = each;
    const sample = await sampleOf(each, world.here);
    const answer = await call(world, route, sample.by ?? world.callers[mayEverything(route)], sample);
    expect(answer.status, JSON.stringify(answer.json)).toBe(route.success.status);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    if (route.success.produces) return;
    if (!route.success.schema) return expect(answer.json).toBeUndefined();
    // Parsing drops what is not documented: nothing may be dropped.
    expect(route.success.schema.parse(answer.json)).toEqual(answer.json);
  });
});

describe("without credentials: 401", () => {
  test.each(core.filter(isPrincipals))("$name", async (each) => {
    const { by: _, ...sample } = await sampleOf(each, world.here);
    refused(await call(world, each.route, {}, sample), each.route, 401);
    const wrong = { authorization: `Bearer okno_${"0".repeat(26)}_${"a".repeat(43)}` };
    refused(await call(world, each.route, wrong, sample), each.route, 401);
  });
});

describe("a malformed body: 400 with a pointer to every wrong field", () => {
  // What is kept as text is read by its own protocol.
  const withBody = [...core.map(({ route }) => route), ...publicOnes].filter((r) => r.body && !r.keepsText);
  test.each(withBody)("$name", async (route) => {
    const names = propertiesOf(route.body);
    // Inside a list inside a list there is nothing that any field would take.
    const body = names.length > 0 ? Object.fromEntries(names.map((name) => [name, [[[]]]])) : ["no object"];
    const params = {
      id: exampleId(idKindOf(route)),
      identity: exampleId("identity"),
      message: exampleId("message"),
      other: exampleId("ticket"),
      key: world.here.channelKey,
      method: "TEST",
      rule: exampleId("approvalRule"),
    };
    const answer = await call(world, route, world.callers[mayEverything(route)], { params, body });
    refused(answer, route, 400);
    expect(new Set(pointersOf(answer).map((pointer) => pointer.split("/")[1]))).toEqual(
      new Set(names.length > 0 ? names : [""]),
    );
  });
});

describe("a malformed query: 400 with a pointer to every wrong parameter", () => {
  // Pages that customers open forgive what is wrong in their address; the API does not.
  const withQuery = core.map(({ route }) => route).filter(({ query }) => query);
  test.each(withQuery)("$name", async (route) => {
    const names = propertiesOf(route.query);
    expect(names.length).toBeGreaterThan(0);
    const params = { id: exampleId(idKindOf(route)) };
    const query = Object.fromEntries(names.map((name) => [name, "x".repeat(501)]));
    const answer = await call(world, route, world.callers[mayEverything(route)], { params, query });
    refused(answer, route, 400);
    expect(new Set(pointersOf(answer))).toEqual(new Set(names.map((name) => `query/${name}`)));
  });
});

/** The id kind that the route's `{id}` is of, by the resource in its path. */
function idKindOf(route: Route): Parameters<typeof exampleId>[0] {
  const resource = /\/v1\/([\w-]+)s\/\{id\}/u.exec(route.path)?.[1];
  if (resource === "payout-desk") return "desk";
  const name = resource?.replace(/-(\w)/gu, (_, letter: string) => letter.toUpperCase());
  return (name ?? "message") as Parameters<typeof exampleId>[0];
}

describe("a malformed id: 404", () => {
  const withId = core.filter(({ route }) => route.params);
  test.each(withId)("$name", async (each) => {
    const sample = await sampleOf(each, world.here);
    const caller = sample.by ?? world.callers.owner;
    // So many calls would be more than one caller may make: their budget fills again with the time.
    world.t.clock.advance(5_000);
    for (const bad of [
      "nonsense",
      exampleId("workspace"),
      "%00",
      "../../etc",
      "x".repeat(490),
      String(sample.params?.id).toUpperCase(),
    ]) {
      for (const name of Object.keys(sample.params ?? {})) {
        const input: Input = { ...sample, params: { ...sample.params, [name]: bad } };
        refused(await call(world, each.route, caller, input), each.route, 404);
      }
    }
  });
  test.each(publicOnes)("$name with an unknown public key", async (route) => {
    const params = {
      key: "no-such-key",
      token: "no-such-token",
      id: exampleId("attachment"),
      file: "frame.js",
    };
    refused(await call(world, route, {}, { params, ...goodBodyOf(route) }), route, 404);
  });
});

/** A body of the documented form, from the schema. */
function goodBodyOf({ body, consumes }: Route): Input {
  if (!body) return {};
  const components = createComponents();
  const value = exampleOf(components.refer(body, "input"), components.all(), { whole: true });
  if (consumes === undefined) return { body: value };
  return { form: new URLSearchParams(value as Record<string, string>) };
}

describe("an id of another project or another workspace: 404, as if it did not exist", () => {
  const withId = core.filter(({ route }) => route.params);
  test.each(withId)("$name", async (each) => {
    const caller = needsAdmin(each.route) ? world.callers.admin : world.callers.operator;
    const { by: _a, ...there } = await sampleOf(each, world.there);
    const { by: _b, ...abroad } = await sampleOf(each, world.abroad);
    const gone = await call(world, each.route, caller, { ...abroad, params: madeUp(abroad.params) });
    for (const sample of [there, abroad]) {
      const answer = await call(world, each.route, caller, sample);
      refused(answer, each.route, 404);
      expect({ ...(answer.json as object), requestId: "" }).toEqual({
        ...(gone.json as object),
        requestId: "",
      });
    }
  });
});

const needsAdmin = ({ access }: Route) => access.by === "principal" && access.role !== "operator";

function madeUp(params: Sample["params"] = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, id]) => [name, `${id.split("_")[0]}_01h455vb4pex5vsknk084sn02q`]),
  );
}

describe("too low a role, or a key without the scope: 403", () => {
  test.each(core.filter(isPrincipals))("$name", async (each) => {
    const { access } = each.route;
    const { by: _, ...sample } = await sampleOf(each, world.here);
    if (access.by !== "principal")
      return refused(await call(world, each.route, world.fullKey, sample), each.route, 403);
    const below = {
      operator: "nobody",
      supervisor: "operator",
      admin: "supervisor",
      owner: "admin",
    } as const;
    refused(await call(world, each.route, world.callers[below[access.role]], sample), each.route, 403);
    refused(await call(world, each.route, world.keyWithout(access.scope), sample), each.route, 403);
  });
});
