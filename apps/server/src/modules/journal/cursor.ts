import { refuse } from "@okno/kit";

/** A place in the journal: which history, and how far into it. Opaque outside: base64url of the epoch's 16 bytes and the position. */
export type Place = { epoch: string; position: number };

export function encodeCursor({ epoch, position }: Place): string {
  const bytes = Buffer.alloc(24);
  Buffer.from(epoch.replaceAll("-", ""), "hex").copy(bytes);
  bytes.writeBigUInt64BE(BigInt(position), 16);
  return bytes.toString("base64url");
}

/** @throws invalid_cursor for text that no journal has issued. */
export function decodeCursor(text: string): Place {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== 24 || bytes.toString("base64url") !== text) throw refuse("invalid_cursor");
  const hex = bytes.toString("hex", 0, 16);
  const epoch = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    "-",
  );
  return { epoch, position: Number(bytes.readBigUInt64BE(16)) };
}

export type Epoch = { epoch: string; starts_after: number };

/**
 * Where to go on reading from a cursor: its position, or, when the journal was restored from an older backup meanwhile, the place
 * where that history ended and the new one began.
 * @param epochs oldest first.
 * @throws invalid_cursor for an epoch this journal never had.
 */
export function resolvePlace(place: Place, epochs: readonly Epoch[]): number {
  const index = epochs.findIndex((epoch) => epoch.epoch === place.epoch);
  if (index === -1) throw refuse("invalid_cursor");
  const next = epochs[index + 1];
  return next ? Math.min(place.position, next.starts_after) : place.position;
}
