// What those who run an installation need of it.
export { registerHealth } from "./health.ts";
