import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Command } from "./command.ts";
import { type Collision, createRegistry } from "./registry.ts";

const command = (id: string, keys: Command["keys"], over: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: "general",
  keys,
  run: () => undefined,
  ...over,
});

const settled = () => Promise.resolve();
const event = {} as KeyboardEvent;

describe("a registry of commands", () => {
  let collisions: Collision[] = [];
  let registry = createRegistry();
  beforeEach(() => {
    collisions = [];
    registry = createRegistry((found) => collisions.push(...found));
  });

  test("the newest component wins a key, and gives it back when it goes", () => {
    const below = vi.fn();
    const above = vi.fn();
    registry.add({ commands: [command("list.back", "esc", { run: below })] });
    const remove = registry.add({ commands: [command("ticket.back", "esc", { run: above })] });
    expect(registry.press("esc", event)).toBe(true);
    remove();
    registry.press("esc", event);
    expect([above.mock.calls.length, below.mock.calls.length]).toEqual([1, 1]);
  });

  test("a command that passes leaves the key to the one below", () => {
    const below = vi.fn();
    registry.add({ commands: [command("a", "x", { run: below })] });
    registry.add({ commands: [command("b", "x", { run: () => false })] });
    expect(registry.press("x", event)).toBe(true);
    expect(below).toHaveBeenCalledOnce();
  });

  test("what is not enabled is neither bound nor listed; what is hidden is bound", async () => {
    const run = vi.fn();
    registry.add({
      commands: [command("off", "x", { enabled: false }), command("quiet", "y", { hidden: true, run })],
    });
    await settled();
    expect(registry.list()).toEqual([]);
    expect(registry.press("x", event)).toBe(false);
    expect(registry.press("y", event)).toBe(true);
  });

  test("a key stands beside the one command that it reaches", async () => {
    registry.add({ commands: [command("list.back", ["esc", "left"])] });
    registry.add({ commands: [command("ticket.back", "esc")] });
    await settled();
    expect(registry.list().map(({ id, keys }) => [id, keys])).toEqual([
      ["ticket.back", ["esc"]],
      ["list.back", ["left"]],
    ]);
  });

  test("two components may offer the same command: it is listed once and runs in the newest", async () => {
    const newest = vi.fn();
    registry.add({ commands: [command("keys", "?")] });
    registry.add({ commands: [command("keys", "?", { run: newest })] });
    await settled();
    expect(registry.list()).toHaveLength(1);
    expect(registry.run("keys")).toBe(true);
    expect(newest).toHaveBeenCalledWith();
    expect(collisions).toEqual([]);
  });

  test("two commands on one key are reported; escape and what overrides on purpose are not", async () => {
    registry.add({ commands: [command("a", "x"), command("b", "esc"), command("c", "z")] });
    registry.add({
      commands: [command("d", "x"), command("e", "esc"), command("f", "z", { overrides: true })],
    });
    await settled();
    expect(collisions).toEqual([{ key: "x", ids: ["d", "a"] }]);
  });

  test("a listing changes when words or availability change, not when a handler does", async () => {
    const layer = { commands: [command("a", "x")] };
    const heard = vi.fn();
    registry.add(layer);
    await settled();
    registry.subscribe(heard);
    layer.commands = [command("a", "x", { run: () => 1 })];
    registry.changed();
    await settled();
    expect(heard).not.toHaveBeenCalled();
    layer.commands = [command("a", "x", { enabled: false })];
    registry.changed();
    await settled();
    expect(heard).toHaveBeenCalledOnce();
    expect(registry.list()).toEqual([]);
  });
});
