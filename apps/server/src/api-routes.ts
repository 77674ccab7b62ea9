import { confirmationPageRoutes, type Route, routes } from "@okno/contract";
import { channels, kinds } from "./registry.ts";

/** Every route that outsiders may call: the contract's own, then those that channels bring. */
export const apiRoutes: readonly Route[] = [
  ...Object.values(routes).flatMap((table): Route[] => Object.values(table)),
  ...kinds.flatMap((kind) => Object.values(kind.routes ?? {}).flatMap((table) => Object.values(table))),
  ...Object.values(confirmationPageRoutes),
  ...channels.flatMap((channel) => (channel.routes ?? []).map(({ route }) => route)),
];
