/** Which tickets of the list are chosen: some by id, or everything the list holds, loaded or not. */
export type Selection = {
  ids: ReadonlySet<string>;
  all: boolean;
  /** Where a range begins. */
  anchor: string | undefined;
  /** Where it ends now: what the next Shift and arrow goes on from. */
  cursor: string | undefined;
};

export const nothingSelected: Selection = {
  ids: new Set(),
  all: false,
  anchor: undefined,
  cursor: undefined,
};

/** One more or one less; a range begins here. */
export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, all: false, anchor: id, cursor: id };
}

/** From where the range began to this row, in the order shown; what was chosen outside the old range stays. */
export function extended(selection: Selection, order: readonly string[], to: string): Selection {
  const anchor = selection.anchor !== undefined && order.includes(selection.anchor) ? selection.anchor : to;
  const between = (a: string, b: string) => {
    const [from, until] = [order.indexOf(a), order.indexOf(b)].sort((x, y) => x - y) as [number, number];
    return from === -1 ? [] : order.slice(from, until + 1);
  };
  const ids = new Set(selection.ids);
  if (selection.cursor !== undefined) for (const id of between(anchor, selection.cursor)) ids.delete(id);
  for (const id of between(anchor, to)) ids.add(id);
  return { ids, all: false, anchor, cursor: to };
}

export function selectedAll(order: readonly string[]): Selection {
  return { ids: new Set(order), all: false, anchor: order[0], cursor: order.at(-1) };
}
