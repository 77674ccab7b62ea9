export type DestinationRefusal =
  | "unknown_method"
  | "too_long"
  | "malformed"
  | "wrong_checksum"
  /** It is an address, but of another coin or network: money sent there would be lost. */
  | "wrong_network"
  | "test_network"
  | "unsupported_card"
  | "not_russian_mobile"
  | "extra_malformed"
  | "extra_required";

/**
 * What one family of destinations says of a text without blanks around it. `normalized` is how the processor gets it; `canonical` is
 * the same for every spelling of one account, and only for these: it finds duplicates and names the network.
 */
export type Checked =
  | { ok: true; normalized: string; canonical: string }
  | { ok: false; why: DestinationRefusal };

export type Checker = (text: string) => Checked;

export const refused = (why: DestinationRefusal): Checked => ({ ok: false, why });

export const accepted = (network: string, normalized: string, account = normalized): Checked => ({
  ok: true,
  normalized,
  canonical: `${network}:${account}`,
});
