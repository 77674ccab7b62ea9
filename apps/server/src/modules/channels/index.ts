// Channels at work: what a channel's server half is lent (the ports), and how its public routes are served. Core code never names a
// channel: everything here goes by the manifest.
export { sendAnswer } from "./answer.ts";
export { type Assets, loadAssets } from "./assets.ts";
export type { PortsDeps } from "./ports.ts";
export { channelBindings, type PublicRouteDeps } from "./public-routes.ts";
export { channelSecretBindings } from "./secrets.ts";
export { createTypingWatchers, type TypingWatchers } from "./typing.ts";
export { createWatchers, type Watchers } from "./watchers.ts";
