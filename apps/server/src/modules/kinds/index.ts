// Kinds of ticket: what the core lends to their server halves, and what they bring.
export { joinKinds, type KindHalves } from "./halves.ts";
export type { KindDeps } from "./ports.ts";
