import { spawn } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { root } from "./root.mjs";

const FORWARDED = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Compiled code and stripped types are kept between runs. */
export const childEnvironment = (extra = {}) => ({
  NODE_COMPILE_CACHE: path.join(root, "node_modules/.cache/okno-compile"),
  ...process.env,
  ...extra,
});

/**
 * Runs a program on our terminal to its end and returns its exit code. We outlive it: a signal that reaches us alone
 * (from a service manager) is passed on once, and Ctrl-C, which the terminal sends to both, is not sent twice.
 */
export function runChild(program, args, { cwd = root, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: "inherit", env: childEnvironment(env) });
    const forwarded = new Set();
    const handlers = FORWARDED.map((signal) => [signal, () => forward(child, signal, forwarded)]);
    for (const [signal, handler] of handlers) process.on(signal, handler);
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      for (const [name, handler] of handlers) process.off(name, handler);
      resolve(code ?? 128 + os.constants.signals[signal]);
    });
  });
}

function forward(child, signal, forwarded) {
  const fromTerminal = process.stdin.isTTY && signal !== "SIGTERM";
  if (fromTerminal || forwarded.has(signal)) return;
  forwarded.add(signal);
  child.kill(signal);
}
