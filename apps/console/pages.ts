import { kindConsoles } from "./src/registry.ts";

/** The pages that the console draws, each with all addresses below it. The build tells them to the server and to the service worker. */
export const pages: readonly string[] = [
  "inbox",
  "tickets",
  "contacts",
  "search",
  "reports",
  "settings",
  "sign-in",
  "welcome",
  ...kindConsoles.flatMap(({ section }) => (section ? [section.path] : [])),
];
