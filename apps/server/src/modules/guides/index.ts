// The guides for integrators, at `/docs`: pages made of `docs/integrators`, with the samples that the tests run. Nothing is said twice: tables
// of events, codes and pauses come from the contract, and a sample is shown by its file alone.
export { registerGuides } from "./routes.ts";
export type { SandboxAccess } from "./sandbox.ts";
