import type { Route } from "@okno/contract";
import { kinds } from "../registry.ts";
import { payoutSamples } from "./fixtures/payout-samples.ts";
import type { Sample } from "./samples.ts";
import type { Place, World } from "./world.ts";

export type Make = (place: Place, world: World) => Sample | Promise<Sample>;

/** Samples of the routes that kinds bring, by table: a kind is a line here. */
export const kindSamples: Record<string, Record<string, Make>> = { ...payoutSamples };

/** Every route of a kind that needs credentials, with its place in the kind's tables. Public ones speak protocols of their own. */
export const kindRoutes: { group: string; key: string; route: Route }[] = kinds.flatMap((kind) =>
  Object.entries(kind.routes ?? {}).flatMap(([group, table]) =>
    Object.entries(table)
      .filter(([, { access }]) => access.by !== "anyone")
      .map(([key, route]) => ({ group, key, route })),
  ),
);
