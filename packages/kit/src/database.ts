/** A named statement: prepared once a connection. The name is shown in errors and slow-query logs. */
export type Statement = { name: string; text: string };

const texts = new Map<string, string>();

/** @throws when another text has this name already: a connection would run whichever it prepared first. */
export function statement(name: string, text: string): Statement {
  // Without a name it is planned when it is sent.
  if (name === "") return { name, text };
  const other = texts.get(name);
  if (other !== undefined && other !== text) throw new Error(`two statements are named ${name}`);
  texts.set(name, text);
  return { name, text };
}

/** Something that runs statements and returns plain rows. */
export type Queryable = {
  query<Row extends object = Record<string, unknown>>(
    statement: Statement,
    values?: readonly unknown[],
  ): Promise<Row[]>;
};

/** A transaction inside one workspace. A function that must be atomic takes this type, so it cannot run outside one. */
export type Transaction = Queryable & {
  readonly workspaceId: string;
  /** Runs after the commit, once; never after a rollback. For wake-ups only: what must happen is a row. */
  afterCommit(effect: () => void): void;
};
