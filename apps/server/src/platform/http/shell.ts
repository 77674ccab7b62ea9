import { randomUUID } from "node:crypto";
import { errorCodes, type Role, type Scope } from "@okno/contract";
import { refuse } from "@okno/kit";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Clock } from "../clock.ts";
import type { Database, Transaction } from "../database.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import { watchMethods } from "./allowed-methods.ts";
import type { AnswerRefusal, Binding, Call, RequestSignature } from "./binding.ts";
import { registerFormBody } from "./form-body.ts";
import { gatherOf } from "./gather.ts";
import { claimKey, claimKeyAtOnce, storeAnswer } from "./idempotency.ts";
import { readIdempotencyKey } from "./idempotency-key.ts";
import { registerJsonBody } from "./json-body.ts";
import { highestRole, includesRole, type Principal } from "./principal.ts";
import { invalidFields, problemOf, refusalOf } from "./problem.ts";
import type { RateLimiter } from "./rate-limit.ts";

export type ShellDeps = {
  db: Database;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  limiter: RateLimiter;
  /** Reads the credentials of a request; undefined when it carries none or they are not valid. */
  authenticate(req: FastifyRequest): Promise<Principal | undefined>;
  /** Holds the signature of a request against its key. @throws where one is wrong, or absent and required. */
  checkSignature(req: FastifyRequest, principal: Principal): Promise<RequestSignature | undefined>;
  trustProxy: boolean;
};

const jsonBodyLimitBytes = 1024 * 1024;

/** The HTTP server with everything that is done once: ids, limits, problems, headers. Routes are added by `addBindings`. */
export function createShell(deps: ShellDeps): FastifyInstance {
  const app = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: jsonBodyLimitBytes,
    trustProxy: deps.trustProxy,
    forceCloseConnections: "idle",
    keepAliveTimeout: 75_000,
    routerOptions: { maxParamLength: 500, caseSensitive: true },
    // A request line or header block that is not HTTP never reaches the hooks.
    frameworkErrors: (error, req, reply) => answerError(deps, error, req, reply),
  });
  registerJsonBody(app);
  registerFormBody(app);
  app.setErrorHandler((error, req, reply) => answerError(deps, error, req, reply));
  const allowedMethods = watchMethods(app);
  app.setNotFoundHandler((req, reply) => {
    const allowed = allowedMethods(req.url);
    if (allowed.length > 0) void reply.header("allow", allowed.join(", "));
    answerError(deps, refuse(allowed.length > 0 ? "method_not_allowed" : "not_found"), req, reply);
  });
  app.addHook("onRequest", async (req, reply) => {
    reply.header("x-request-id", req.id);
    reply.header("x-content-type-options", "nosniff");
    reply.header("referrer-policy", "no-referrer");
  });
  // Refused in the middle of a body: the rest is read and thrown away, or the connection's next call would wait behind it for ever.
  app.addHook("onResponse", async (req) => {
    if (!req.raw.complete) req.raw.unpipe().resume();
  });
  app.addHook("onResponse", async (req, reply) => {
    const route = req.routeOptions.url ?? "unknown";
    deps.metrics.httpDuration.observe(
      { route, method: req.method, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
  });
  return app;
}

function answerError(deps: ShellDeps, error: unknown, req: FastifyRequest, reply: FastifyReply): void {
  const refusal = refusalOf(error);
  const code = refusal?.code ?? "internal_error";
  if (!refusal)
    deps.log.error({ err: error, requestId: req.id, route: req.routeOptions.url }, "a request failed");
  else if (errorCodes[code].status >= 500)
    deps.log.warn({ err: error, requestId: req.id, code }, "a request could not be served");
  if (reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  const wait = refusal?.details.retryAfterSeconds;
  if (typeof wait === "number") void reply.header("retry-after", String(wait));
  const { refused } = (req.routeOptions.config ?? {}) as { refused?: AnswerRefusal };
  if (refused) {
    void refused(refusal ?? refuse(code), req, reply);
    return;
  }
  void reply
    .code(errorCodes[code].status)
    .header("content-type", "application/problem+json; charset=utf-8")
    .header("cache-control", "no-store")
    .send(JSON.stringify(problemOf(code, req.id, refusal)));
}

// A browser sends these with every request it makes; a page of another site cannot forge them. Keys are not sent by browsers on
// their own, so only sessions need the check.
function requireSameSite(req: FastifyRequest): void {
  if (req.method === "GET" || req.method === "HEAD") return;
  const site = req.headers["sec-fetch-site"];
  if (site !== undefined) {
    if (site !== "same-origin" && site !== "none") throw refuse("cross_site");
    return;
  }
  const origin = req.headers.origin;
  if (origin !== undefined && URL.parse(origin)?.host !== req.headers.host) throw refuse("cross_site");
}

function requireAllowed(principal: Principal, scope: Scope, role: Role): void {
  if (principal.scopes !== "all" && !principal.scopes.has(scope)) throw refuse("forbidden");
  const highest = highestRole(principal);
  if (!highest || !includesRole(highest, role)) throw refuse("forbidden");
}

async function admit(
  deps: ShellDeps,
  { route }: Binding,
  req: FastifyRequest,
): Promise<Principal | undefined> {
  const principal = route.access.by === "anyone" ? undefined : await deps.authenticate(req);
  if (principal?.kind === "member" || route.access.by === "anyone")
    requireSameSiteWhereItMatters(req, route.path);
  if (!principal?.unlimited) {
    const retryAfterSeconds = deps.limiter.take(principal?.id ?? req.ip, route.rate);
    if (retryAfterSeconds !== undefined) throw refuse("rate_limited", { retryAfterSeconds });
  }
  if (route.access.by === "anyone") return undefined;
  if (!principal) throw refuse("unauthenticated");
  if (route.access.by === "session" && principal.kind !== "member") throw refuse("forbidden");
  if (route.access.by === "principal") requireAllowed(principal, route.access.scope, route.access.role);
  return principal;
}

// Public pages of channels are made to be called from customers' sites; everything under /v1 is the console's own.
function requireSameSiteWhereItMatters(req: FastifyRequest, path: string): void {
  if (path.startsWith("/v1/")) requireSameSite(req);
}

function validated(
  { route }: Binding,
  req: FastifyRequest,
): { params: unknown; query: unknown; body: unknown } {
  const multipart = /^multipart\//iu.test(req.headers["content-type"] ?? "");
  if (route.body && route.consumes === undefined && multipart) throw refuse("unsupported_media_type");
  const params = route.params?.safeParse(req.params);
  // An id that cannot be one names nothing.
  if (params && !params.success) throw refuse("not_found");
  const query = route.query?.safeParse(req.query);
  const body = route.body?.safeParse(req.body ?? {});
  const fields = [
    ...(query && !query.success ? invalidFields(query.error, "query") : []),
    ...(body && !body.success ? invalidFields(body.error, "") : []),
  ];
  if (fields.length > 0) throw refuse("invalid_request", {}, fields);
  return { params: params?.data, query: query?.data, body: body?.data };
}

async function execute(
  deps: ShellDeps,
  binding: Binding,
  call: Call<Binding["route"]>,
): Promise<{ status: number; body: unknown }> {
  const { status } = binding.route.success;
  if (binding.mode === "read")
    return { status, body: await binding.run(call, deps.db.in(call.principal.workspaceId)) };
  if (binding.mode === "own") return { status, body: await binding.run(call) };
  if (binding.mode === "raw") throw new Error("a raw binding answers by itself");
  const { workspaceId, id: principalId } = call.principal;
  const claim = binding.route.idempotency === "required" ? claimKeyAtOnce : claimKey;
  const run =
    binding.mode === "prepared" ? await binding.prepare(call) : (tx: Transaction) => binding.run(call, tx);
  const once = async (tx: Transaction) => {
    const stored =
      call.idempotency && (await claim(tx, { workspaceId, principalId }, call.idempotency, deps.clock.now()));
    if (stored) return { status: stored.status, body: stored.response };
    const body = await run(tx);
    if (call.idempotency)
      await storeAnswer(tx, { workspaceId, principalId }, call.idempotency.key, { status, response: body });
    return { status, body };
  };
  if (!binding.order) return deps.db.transaction(workspaceId, once);
  return gatherOf(deps.db)(workspaceId, binding.order(call), once);
}

const nobody = new Proxy({} as Principal, {
  get() {
    throw new Error("a route for anyone has no principal");
  },
});

/** Adds routes: admission, validation, idempotency, transaction and envelope around each operation. */
export function addBindings(app: FastifyInstance, deps: ShellDeps, bindings: readonly Binding[]): void {
  for (const binding of bindings) {
    const { route } = binding;
    const handled = {
      method: route.method,
      config: {
        takesForms: route.consumes === "application/x-www-form-urlencoded",
        keepsText: route.keepsText ?? false,
        refused: binding.mode === "raw" ? binding.refused : undefined,
      },
      handler: async (req: FastifyRequest, reply: FastifyReply) => {
        const principal = await admit(deps, binding, req);
        const signature = principal && (await deps.checkSignature(req, principal));
        const call = {
          principal: principal ?? nobody,
          ...validated(binding, req),
          peer: { address: req.ip, userAgent: (req.headers["user-agent"] ?? "").slice(0, 300) },
          requestId: req.id,
          idempotency: readIdempotencyKey(req, route),
          signature,
          http: { req, reply },
        } as Call<typeof route>;
        if (binding.mode === "raw") {
          await binding.run(call);
          return reply;
        }
        const { status, body } = await execute(deps, binding, call);
        void reply.code(status).header("cache-control", "no-store");
        if (status === 204) return reply.send();
        return reply.header("content-type", "application/json; charset=utf-8").send(JSON.stringify(body));
      },
    };
    const url = route.path.replace(/\{(\w+)\}/gu, ":$1");
    const urls = route.eitherSlash ? [url, url.replace(/\/$/u, "")] : [url];
    for (const each of urls) app.route({ ...handled, url: each });
  }
}
