import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from "kysely";
import { type Statement, statement } from "./database.ts";

// Kysely only composes and compiles here: parameters stay parameters, however the parts combine.
const composer = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

const shapes = new Map<string, number>();
/** Each name is a prepared plan in every connection: beyond so many, statements are planned when they are sent. */
const mostShapes = 1_000;

/** A statement with its parameters, ready to be sent. */
export type Composed = { statement: Statement; values: readonly unknown[] };

/** A statement put together from parts. Its name stands for one text: each combination of parts gets a number. */
export function compose(name: string, query: RawBuilder<unknown>): Composed {
  const { sql: text, parameters } = query.compile(composer);
  const shape = shapes.get(text) ?? shapes.size;
  if (shape >= mostShapes) return { statement: statement("", text), values: parameters };
  shapes.set(text, shape);
  return { statement: statement(`${name} ${shape}`, text), values: parameters };
}
