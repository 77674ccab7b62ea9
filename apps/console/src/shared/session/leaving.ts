/** Something of the person that this browser keeps until the server has it. */
export type Keeper = {
  /** Gives it to the server and removes it here. Answers false, and removes nothing, where the server does not take it. */
  handOver(): Promise<boolean>;
  /** Removes it from this browser, whatever the server has. */
  forget(): void;
};

const keepers = new Set<Keeper>();

/** Asked before the person signs out; answers how to be asked no more. */
export function keepUntilLeaving(keeper: Keeper): () => void {
  keepers.add(keeper);
  return () => keepers.delete(keeper);
}

/** Everything is with the server and nothing is left in this browser; or false. */
export async function handOverAll(): Promise<boolean> {
  const done = await Promise.all([...keepers].map((keeper) => keeper.handOver()));
  return !done.includes(false);
}

export function forgetAll(): void {
  for (const keeper of keepers) keeper.forget();
}
