import type { ReactNode } from "react";

/** Where a command stands in the sheet of keys and in the palette, in this order. */
export const commandGroups = [
  "ticket",
  "compose",
  "contact",
  "list",
  "create",
  "go",
  "settings",
  "account",
  "general",
] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** Something the reader can do here: bound to its keys, listed in the `?` sheet, found by the palette. */
export type Command = {
  /** Its name for ever, such as `ticket.complete`. Two components may offer the same command: it is listed once. */
  id: string;
  /** In the reader's words. */
  title: string;
  group: CommandGroup;
  /** As in `@okno/ui`: `e`, `mod+enter`, the sequence `g i`; or several ways. Without keys the palette alone runs it. */
  keys?: string | readonly string[] | undefined;
  /** Called without an event by the palette. `false` says: not now, let somebody else have the key. */
  run: (event?: KeyboardEvent) => unknown;
  /** `false`: neither bound nor listed. */
  enabled?: boolean | undefined;
  /** Further words the palette finds it by. */
  keywords?: string | undefined;
  /** Bound, but not listed. */
  hidden?: boolean | undefined;
  /** Takes its keys on purpose from commands of components below, which get them back when it goes. */
  overrides?: boolean | undefined;
  /** For the palette. */
  icon?: ReactNode;
};

/** A command as it is listed: with the keys that reach it now. */
export type ListedCommand = Pick<Command, "id" | "title" | "group" | "keywords" | "icon"> & {
  keys: readonly string[];
};

export function keysOf(command: Pick<Command, "keys">): readonly string[] {
  if (command.keys === undefined) return [];
  return typeof command.keys === "string" ? [command.keys] : command.keys;
}
