import type { Route, SuccessOf } from "@okno/contract";
import type { KindBinding, KindCall, Queryable, Transaction } from "@okno/kit";

/** Reads within the caller's workspace. */
export function read<R extends Route>(run: (call: KindCall<R>, db: Queryable) => Promise<SuccessOf<R>>) {
  return (route: R): KindBinding<R> => ({ route, mode: "read", run });
}

/** Changes state, in one transaction; `order` names the one thing it locks. */
export function command<R extends Route>(
  run: (call: KindCall<R>, tx: Transaction) => Promise<SuccessOf<R>>,
  order?: (call: KindCall<R>) => string,
) {
  return (route: R): KindBinding<R> => ({ route, mode: "command", run, ...(order && { order }) });
}

/** A command that reads before its transaction what it need not lock. */
export function prepared<R extends Route>(
  order: (call: KindCall<R>) => string,
  prepare: (call: KindCall<R>) => Promise<(tx: Transaction) => Promise<SuccessOf<R>>>,
) {
  return (route: R): KindBinding<R> => ({ route, mode: "prepared", order, prepare });
}

type WithSecret<R> = { answer: SuccessOf<R>; reference: Record<string, string> };

/** A command whose answer holds a secret. */
export function secret<R extends Route>(run: (call: KindCall<R>, tx: Transaction) => Promise<WithSecret<R>>) {
  return (route: R): KindBinding<R> => ({ route, mode: "secret", run });
}

/** Answers in a form of its own. */
export function answer<R extends Route>(run: Extract<KindBinding<R>, { mode: "answer" }>["run"]) {
  return (route: R): KindBinding<R> => ({ route, mode: "answer", run });
}

/** Does its own transactions. */
export function own<R extends Route>(run: (call: KindCall<R>) => Promise<SuccessOf<R>>) {
  return (route: R): KindBinding<R> => ({ route, mode: "own", run });
}

/** Binds every route of a table: a route without an operation does not compile. */
export function bindTable<T extends Record<string, Route>>(
  table: T,
  operations: { [K in keyof T]: (route: T[K]) => KindBinding<T[K]> },
): KindBinding[] {
  return Object.entries(operations).map(([name, bind]) =>
    (bind as (route: Route) => KindBinding)(table[name] as Route),
  );
}
