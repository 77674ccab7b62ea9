import { type ErrorCode, errorCodes, Problem, type Route } from "@okno/contract";
import { codesOf, takesIdempotencyKey } from "./codes.ts";
import { type Components, createComponents, type JsonSchema } from "./schemas.ts";

export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: JsonSchema;
};
type Content = Record<string, { schema: JsonSchema }>;
export type Answer = {
  description: string;
  content?: Content;
  headers?: Record<string, unknown>;
};
type Referred = { $ref: string };
export type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  security: Record<string, string[]>[];
  "x-scope"?: string;
  "x-role"?: string;
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, Answer | Referred>;
  "x-codes": ErrorCode[];
};
export type OpenApi = {
  openapi: "3.1.0";
  info: {
    title: string;
    version: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    securitySchemes: Record<string, unknown>;
    headers: Record<string, unknown>;
    responses: Record<string, Answer>;
    schemas: Record<string, JsonSchema>;
  };
};

const description = [
  "Okno is a single window for customer requests. Every list answers `data` and `nextCursor`; send the cursor back to go on.",
  "Every error is problem+json (RFC 9457) with a stable `code`. Fields marked `x-personal` hold personal data.",
  "Within /v1 changes are additive: ignore fields you do not know.",
].join(" ");

const securitySchemes = {
  bearerKey: { type: "http", scheme: "bearer", description: "An API key: `Authorization: Bearer okno_…`" },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "okno_session",
    description: "The cookie of a signed-in member",
  },
};

const idempotencyHeader: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "Makes the call safe to repeat: the first answer is stored and given again. Bound to the path and body.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
};

function securityOf({ access }: Route): Operation["security"] {
  if (access.by === "anyone") return [];
  if (access.by === "session") return [{ session: [] }];
  return [{ bearerKey: [] }, { session: [] }];
}

function parametersFrom(schema: JsonSchema, where: "path" | "query"): Parameter[] {
  return Object.entries(schema.properties ?? {}).map(([name, { description: said, ...rest }]) => ({
    name,
    in: where,
    required: where === "path" || (schema.required ?? []).includes(name),
    ...(said !== undefined && { description: said }),
    schema: rest,
  }));
}

function parametersOf(route: Route, components: Components): Parameter[] {
  const path = route.params ? parametersFrom(components.refer(route.params, "input"), "path") : [];
  const query = route.query ? parametersFrom(components.refer(route.query, "input"), "query") : [];
  return [
    ...path,
    ...query,
    ...(takesIdempotencyKey(route)
      ? [{ ...idempotencyHeader, required: route.idempotency === "required" }]
      : []),
  ];
}

const fileForm: JsonSchema = {
  type: "object",
  properties: { file: { type: "string", contentMediaType: "application/octet-stream" } },
  required: ["file"],
};

function requestBodyOf(route: Route, components: Components): Operation["requestBody"] {
  const { body, consumes = "application/json" } = route;
  if (body) return { required: true, content: { [consumes]: { schema: components.refer(body, "input") } } };
  if (route.consumes === undefined) return undefined;
  const schema = consumes === "multipart/form-data" ? fileForm : { type: "object" };
  return { required: true, content: { [consumes]: { schema } } };
}

function successOf({ success }: Route, components: Components): Record<string, Answer> {
  const type = success.produces ?? "application/json";
  const schema = success.schema ? components.refer(success.schema, "output") : undefined;
  const content = schema ?? (success.produces ? { type: "string" } : undefined);
  return {
    [success.status]: {
      description: success.status === 204 ? "Done; nothing to answer" : "Done",
      headers: { "x-request-id": { $ref: "#/components/headers/RequestId" } },
      ...(content && { content: { [type]: { schema: content } } }),
    },
  };
}

type Refusals = Map<string, Answer>;

function refusalOf(status: number, codes: ErrorCode[]): Answer {
  const schema = {
    allOf: [{ $ref: "#/components/schemas/Problem" }, { properties: { code: { enum: codes } } }],
  };
  return {
    description: codes.map((code) => `\`${code}\`: ${errorCodes[code].title}`).join("; "),
    ...(status === 429 && {
      headers: { "retry-after": { schema: { type: "integer" }, description: "Seconds" } },
    }),
    content: { "application/problem+json": { schema } },
  };
}

// Routes share few combinations of codes: each is written once, under the codes' names.
function errorsOf(codes: readonly ErrorCode[], refusals: Refusals): Record<string, Referred> {
  const byStatus = Map.groupBy(codes, (code) => errorCodes[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => {
      const name = some.join(".");
      refusals.set(name, refusalOf(status, some));
      return [status, { $ref: `#/components/responses/${name}` }];
    }),
  );
}

function operationOf(route: Route, components: Components, refusals: Refusals): Operation {
  const codes = codesOf(route);
  const { access, name, summary } = route;
  const parameters = parametersOf(route, components);
  const requestBody = requestBodyOf(route, components);
  return {
    operationId: name,
    tags: [tagOf(route)],
    summary,
    security: securityOf(route),
    ...(access.by === "principal" && { "x-scope": access.scope, "x-role": access.role }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: { ...successOf(route, components), ...errorsOf(codes, refusals) },
    "x-codes": codes,
  };
}

function tagOf({ name }: Route): string {
  return name.slice(0, name.indexOf("."));
}

/**
 * The OpenAPI 3.1 document of route tables: paths, named schemas, every error code of every route.
 * @throws when two schemas of different forms claim one name, or two routes one method and path.
 */
export function buildOpenApi(routes: readonly Route[], version: string): OpenApi {
  const components = createComponents();
  components.refer(Problem, "output");
  const refusals: Refusals = new Map();
  const paths: OpenApi["paths"] = {};
  for (const route of routes) {
    const methods = paths[route.path] ?? {};
    paths[route.path] = methods;
    const method = route.method.toLowerCase();
    if (methods[method]) throw new Error(`two routes are bound to ${route.method} ${route.path}`);
    methods[method] = operationOf(route, components, refusals);
  }
  return {
    openapi: "3.1.0",
    info: { title: "Okno", version, description, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: "/" }],
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes,
      headers: { RequestId: { description: "Name it when you ask for help", schema: { type: "string" } } },
      responses: Object.fromEntries([...refusals].sort(([a], [b]) => (a < b ? -1 : 1))),
      schemas: components.all(),
    },
  };
}
