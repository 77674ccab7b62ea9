import type { BodyOf, ParamsOf, QueryOf, Route, SuccessOf } from "@okno/contract";
import type { Refusal } from "@okno/kit";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Queryable, Transaction } from "../database.ts";
import type { Principal } from "./principal.ts";

/** What is known of the caller's machine. */
export type Peer = { address: string; userAgent: string };

/** That a call was signed, and how: the digest is that of the text that was signed. */
export type RequestSignature = { algorithm: string; baseDigest: string };

/** One validated call. On routes for anyone, `principal` throws if touched: there is none. */
export type Call<R> = {
  principal: Principal;
  params: ParamsOf<R>;
  query: QueryOf<R>;
  body: BodyOf<R>;
  peer: Peer;
  requestId: string;
  /** Hash of method, path and body: what an idempotency key is bound to. */
  idempotency: { key: string; requestHash: Buffer } | undefined;
  signature: RequestSignature | undefined;
  http: { req: FastifyRequest; reply: FastifyReply };
};

/** How an operation runs: the shell supplies what each needs. */
export type Binding<R extends Route = Route> = { route: R } & (
  | { mode: "read"; run(call: Call<R>, db: Queryable): Promise<SuccessOf<R>> }
  | {
      mode: "command";
      order?(call: Call<R>): string;
      run(call: Call<R>, tx: Transaction): Promise<SuccessOf<R>>;
    }
  /** `prepare` reads before the transaction and answers what runs inside; it refuses nothing itself. */
  | {
      mode: "prepared";
      order(call: Call<R>): string;
      prepare(call: Call<R>): Promise<(tx: Transaction) => Promise<SuccessOf<R>>>;
    }
  /** Does its own transactions and idempotency. */
  | { mode: "own"; run(call: Call<R>): Promise<SuccessOf<R>> }
  /** Writes the reply itself: files and streams. */
  | { mode: "raw"; run(call: Call<R>): Promise<void>; refused?: AnswerRefusal }
);

/** Answers what was refused before the operation, or failed in it, in another protocol's form. The shell has logged it. */
export type AnswerRefusal = (refusal: Refusal, req: FastifyRequest, reply: FastifyReply) => Promise<void>;

/** Reads within the caller's workspace. */
export function read<R extends Route>(run: (call: Call<R>, db: Queryable) => Promise<SuccessOf<R>>) {
  return (route: R): Binding<R> => ({ route, mode: "read", run });
}

/** Changes state: runs in one transaction within the caller's workspace, with its idempotency record. */
export function command<R extends Route>(run: (call: Call<R>, tx: Transaction) => Promise<SuccessOf<R>>) {
  return (route: R): Binding<R> => ({ route, mode: "command", run });
}

/**
 * A command so frequent that those of one moment share a transaction: `order` names the one thing it locks. It writes nothing before
 * that lock, and what it refuses it refuses alone.
 */
export function gathered<R extends Route>(
  order: (call: Call<R>) => string,
  run: (call: Call<R>, tx: Transaction) => Promise<SuccessOf<R>>,
) {
  return (route: R): Binding<R> => ({ route, mode: "command", order, run });
}

export function own<R extends Route>(run: (call: Call<R>) => Promise<SuccessOf<R>>) {
  return (route: R): Binding<R> => ({ route, mode: "own", run });
}

export function raw<R extends Route>(run: (call: Call<R>) => Promise<void>) {
  return (route: R): Binding<R> => ({ route, mode: "raw", run });
}

/** Binds every route of a table: a route without an operation does not compile. */
export function bindTable<T extends Record<string, Route>>(
  table: T,
  operations: { [K in keyof T]: (route: T[K]) => Binding<T[K]> },
): Binding[] {
  return Object.entries(operations).map(([name, bind]) =>
    (bind as (route: Route) => Binding)(table[name] as Route),
  );
}
