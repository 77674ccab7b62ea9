type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Drops keys whose value is undefined, so that optional props can be handed to components that tell "absent" from "undefined". */
export function defined<T extends object>(props: T): Defined<T> {
  const entries = Object.entries(props).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
