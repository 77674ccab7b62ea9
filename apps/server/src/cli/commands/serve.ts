import type { Command } from "../command.ts";

export const serveCommand: Command = {
  name: "serve",
  summary: "Starts the server, as npm start does",
  options: {},
  async run() {
    // It reads the environment, runs until a signal, and ends the process itself.
    await import("../../main.ts");
    return 0;
  },
};
