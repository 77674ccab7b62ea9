import { type ConfirmationMethod, toPublicId } from "@okno/contract";
import type { ConfirmationHappening } from "@okno/kit";
import type { ActorRef } from "../journal/index.ts";

export type Told = {
  id: string;
  method: ConfirmationMethod;
  purpose: string;
  subjectVersion: number;
  snapshotHash: Buffer;
};

/** What the journal says of a demand: ids, facts and the digest of what was shown. */
export function happened(
  type: ConfirmationHappening["type"],
  actor: ActorRef,
  { id, method, purpose, subjectVersion, snapshotHash }: Told,
  more: Record<string, unknown> = {},
): ConfirmationHappening {
  const data = {
    confirmation: toPublicId("confirmation", id),
    method,
    purpose,
    version: subjectVersion,
    hash: snapshotHash.toString("hex"),
    ...more,
  };
  return { type, actor, data };
}

export type Beaten = { id: string; method: ConfirmationMethod };

/** Demands that another one took the place of, or won over. */
export function supersededBy(actor: ActorRef, beaten: readonly Beaten[], by: Told): ConfirmationHappening[] {
  return beaten.map(({ id, method }) => ({
    type: "confirmation.superseded",
    actor,
    data: {
      confirmation: toPublicId("confirmation", id),
      method,
      purpose: by.purpose,
      by: toPublicId("confirmation", by.id),
    },
  }));
}
