// The guides for people who work in the window, as pages: `docs/guides` is their one source, also read on the repository's own pages.
export { registerHelp } from "./routes.ts";
