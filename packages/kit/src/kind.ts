import type { Flow } from "./flow.ts";

/** What a kind of ticket says of itself; both halves of the product read it. */
export type KindManifest = {
  /** Stands in `tickets.kind` and in the API. */
  id: string;
  /** The key of its name in the message catalogues. */
  titleKey: string;
  flow: Flow;
};

/** Declares a kind of ticket. The registry validates its flow at boot. */
export function defineKind(kind: KindManifest): KindManifest {
  return kind;
}
