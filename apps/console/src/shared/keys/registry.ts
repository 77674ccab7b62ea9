import { type Command, keysOf, type ListedCommand } from "./command.ts";

/** The commands of one component. */
export type Layer = { commands: readonly Command[] };

export type Collision = { key: string; ids: readonly string[] };

/** Escape always belongs to whatever was opened last. */
const layered = new Set(["esc"]);

const isOn = (command: Command) => command.enabled !== false;

/** Newest component first: that is who gets a key. */
function inOrder(layers: readonly Layer[]): Command[] {
  return layers.toReversed().flatMap((layer) => layer.commands.filter(isOn));
}

/** What can be done now; a key stands beside the command that it reaches. */
export function listCommands(layers: readonly Layer[]): ListedCommand[] {
  const taken = new Set<string>();
  const listed = new Map<string, ListedCommand>();
  for (const command of inOrder(layers)) {
    if (listed.has(command.id)) continue;
    const keys = keysOf(command).filter((key) => !taken.has(key));
    for (const key of keys) taken.add(key);
    const { id, title, group, keywords, icon } = command;
    if (!command.hidden) listed.set(id, { id, title, group, keywords, icon, keys });
  }
  return [...listed.values()];
}

/** Keys that two different commands claim at once without having said so. */
export function findCollisions(layers: readonly Layer[]): Collision[] {
  const owners = new Map<string, Command[]>();
  for (const command of inOrder(layers))
    for (const key of keysOf(command)) owners.set(key, [...(owners.get(key) ?? []), command]);
  return [...owners].flatMap(([key, commands]) => {
    const ids = [...new Set(commands.map((command) => command.id))];
    const meant = layered.has(key) || commands[0]?.overrides;
    return ids.length > 1 && !meant ? [{ key, ids }] : [];
  });
}

/** All that a listing depends on: handlers are new with every render and must not count as a change. */
function signatureOf({ commands }: Layer): string {
  return JSON.stringify(
    commands
      .filter(isOn)
      .map(({ id, title, group, keys, keywords, hidden }) => [id, title, group, keys, keywords, hidden]),
  );
}

export type Registry = ReturnType<typeof createRegistry>;

/** Layers of commands, the newest on top, and whoever wants to know what can be done now. */
export function createRegistry(onCollisions: (collisions: readonly Collision[]) => void = () => undefined) {
  let layers: readonly Layer[] = [];
  let listed: readonly ListedCommand[] = [];
  let published = "";
  let due = false;
  const listeners = new Set<() => void>();

  const publish = () => {
    due = false;
    const signature = layers.map(signatureOf).join("\n");
    if (signature === published) return;
    published = signature;
    listed = listCommands(layers);
    const collisions = findCollisions(layers);
    if (collisions.length > 0) onCollisions(collisions);
    for (const listener of listeners) listener();
  };
  /** Once all components of this render have said what they offer. */
  const changed = () => {
    if (due) return;
    due = true;
    queueMicrotask(publish);
  };

  return {
    add(layer: Layer): () => void {
      layers = [...layers, layer];
      changed();
      return () => {
        layers = layers.filter((each) => each !== layer);
        changed();
      };
    },
    changed,
    isEmpty: () => layers.length === 0,
    /** Every key that something is bound to now. */
    keys: (): string[] => inOrder(layers).flatMap(keysOf),
    /** Runs the newest command of the key that does not pass; answers whether one did. */
    press(key: string, event: KeyboardEvent): boolean {
      const bound = inOrder(layers).filter((command) => keysOf(command).includes(key));
      return bound.some((command) => command.run(event) !== false);
    },
    /** Runs a command by its id, as the palette does. */
    run(id: string): boolean {
      const command = inOrder(layers).find((each) => each.id === id);
      return command ? command.run() !== false : false;
    },
    list: () => listed,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
