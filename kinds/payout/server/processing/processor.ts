/** One order to a provider. The key is the payout's own: however often it is sent, the provider pays once. */
export type PayOrder = {
  workspaceId: string;
  key: string;
  method: string;
  currency: string;
  /** Decimals of the currency in this method. */
  scale: number;
  /** Decimal text in the method's currency: what the receiver gets. */
  amount: string;
  destination: string;
  destinationExtra: string | null;
  /** The outside provider it was sent to. */
  providerId: string | null;
};

/** What a provider says became of an order. `message` is shown to merchants. */
export type ProviderWord =
  | { state: "paid"; reference: string | null; message: string }
  | { state: "failed"; reference: string | null; message: string }
  /** Taken on: ask again after that long, or at the pace of its age; or wait for a call-back. */
  | { state: "accepted"; reference: string | null; askAfterMs: number | null }
  /** Nobody can say: a person must look. Never paid again by itself. */
  | { state: "unknown"; reference: string | null; why: string };

export type ProviderAnswer =
  | ProviderWord
  /** The provider has never heard of it: it may be sent. */
  | { state: "absent" };

/** Whoever moves the money. A new one is a file here and a line in `processors.ts`. */
export type Processor = {
  name: string;
  /** For how long an order that was sent may still be on its way: until then, that the provider has not heard of it means nothing. */
  quietMs: number;
  /** Asks it to pay. Idempotent at the provider by the key. @throws when it is not known whether the order arrived. */
  send(order: PayOrder): Promise<ProviderWord>;
  /** Asks what became of an order. @throws when there is no answer. */
  find(order: PayOrder): Promise<ProviderAnswer>;
};
