import type { Route } from "@okno/contract";
import type { KindBinding, KindCall } from "@okno/kit";
import type { FastifyRequest } from "fastify";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database.ts";
import type { Binding, Call } from "../../platform/http/binding.ts";
import { bytesOf } from "../../platform/http/json-body.ts";
import { sendAnswer } from "../channels/index.ts";
import { commandWithSecret } from "../members/index.ts";

function headersOf(req: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
}

function kindCall(call: Call<Route>): KindCall<Route> {
  const { http, ...rest } = call;
  const { req } = http;
  return {
    ...rest,
    headers: headersOf(req),
    target: { method: req.method, url: `${req.protocol}://${req.host}${req.url}` },
    bytes: bytesOf(req),
  };
}

/** A kind's routes, bound through the same shell as all others. */
export function kindBindings(
  deps: { db: Database; clock: Clock },
  bindings: readonly KindBinding[],
): Binding[] {
  return bindings.map((binding): Binding => {
    const { route } = binding;
    if (binding.mode === "read")
      return { route, mode: "read", run: (call, db) => binding.run(kindCall(call), db) };
    if (binding.mode === "own") return { route, mode: "own", run: (call) => binding.run(kindCall(call)) };
    if (binding.mode === "answer") {
      const { refused } = binding;
      return {
        route,
        mode: "raw",
        run: async (call) => sendAnswer(call.http.req, call.http.reply, await binding.run(kindCall(call))),
        ...(refused && {
          refused: (refusal, req, reply) => sendAnswer(req, reply.code(200), refused(refusal)),
        }),
      };
    }
    if (binding.mode === "secret")
      return commandWithSecret<Route>(deps, (call, tx) => binding.run(kindCall(call), tx))(route);
    if (binding.mode === "prepared")
      return {
        route,
        mode: "prepared",
        order: (call) => binding.order(kindCall(call)),
        prepare: (call) => binding.prepare(kindCall(call)),
      };
    const { order } = binding;
    return {
      route,
      mode: "command",
      ...(order && { order: (call: Call<Route>) => order(kindCall(call)) }),
      run: (call, tx) => binding.run(kindCall(call), tx),
    };
  });
}
