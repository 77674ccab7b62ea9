import type { ConfirmationMethod, ConfirmationStatus, EventType } from "@okno/contract";
import type { Transaction } from "./database.ts";

export type { ConfirmationMethod, ConfirmationStatus };

/** Who does it: as in the journal. */
export type ConfirmationActor = { kind: "contact" | "member" | "key" | "system"; id: string | null };

/** What a command adds to the ticket's history; the caller writes it with the ticket's own change. */
export type ConfirmationHappening = {
  type: EventType;
  actor: ConfirmationActor;
  data: Record<string, unknown>;
};

/** The caller's transaction. It holds the ticket's row lock, or has just inserted the ticket. */
export type ConfirmationTx = Pick<Transaction, "workspaceId" | "query">;

/** What is confirmed: the snapshot that is shown, and the version of the thing it was taken of (counted by the kind, from 1). */
export type ConfirmationSubject = { version: number; snapshot: unknown };

export type NewConfirmation = {
  /** A UUIDv7; made here when absent. */
  id?: string;
  ticketId: string;
  projectId: string;
  method: ConfirmationMethod;
  /** What the word is for: at most one demand of a method is pending for it, and at most one is confirmed for each subject version. */
  purpose: string;
  subject: ConfirmationSubject;
  /** How many different people must say yes; 1 if absent. */
  needed?: number;
  expiresAt: Date | null;
  actor: ConfirmationActor;
  now: Date;
};

export type ConfirmationAnswer = {
  ticketId: string;
  purpose: string;
  method: ConfirmationMethod;
  answer: "confirm" | "refuse";
  actor: ConfirmationActor;
  /** The version the thing has now: another one than the demand's is refused. */
  subjectVersion?: number;
  reason?: string;
  /** Facts, ids and digests that prove the answer; no personal values. Kept in the chain, letter by letter. */
  evidence: Record<string, unknown>;
  now: Date;
};

/** `won`: confirmed, and every other pending demand of the same ticket and purpose is superseded. `counted`: more must say yes. */
export type ConfirmationOutcome = "won" | "counted" | "refused";

/**
 * Demands that a party says "yes, this is right". One statement each; the returned happenings go into the ticket's history by the
 * caller's own write, in the same transaction.
 */
export type ConfirmationPort = {
  /**
   * Inserts a pending demand. Pending ones of the same ticket and purpose that ask by the same method, or about an older version, are
   * superseded.
   */
  issue(
    tx: ConfirmationTx,
    demand: NewConfirmation,
  ): Promise<{ id: string; happenings: ConfirmationHappening[] }>;
  /**
   * Takes one answer to the pending demand of this ticket, purpose and method.
   * @throws not_found (never asked), confirmation_settled (with the status), confirmation_expired, subject_changed, already_answered
   * (the same person twice), own_confirmation (an approval by who asked for it).
   */
  answer(
    tx: ConfirmationTx,
    answer: ConfirmationAnswer,
  ): Promise<{ id: string; outcome: ConfirmationOutcome; happenings: ConfirmationHappening[] }>;
  /** The latest demand of a ticket for a purpose by a method. */
  find(
    db: Pick<Transaction, "query">,
    of: { workspaceId: string; ticketId: string; purpose: string; method: ConfirmationMethod },
  ): Promise<FoundDemand | undefined>;
  /** Ends all pending demands of the ticket, or those for one purpose: the matter was cancelled, or changed materially. */
  revoke(
    tx: ConfirmationTx,
    end: { ticketId: string; purpose?: string; actor: ConfirmationActor; now: Date },
  ): Promise<{ happenings: ConfirmationHappening[] }>;
};

/** The latest demand of a ticket for one purpose. */
export type FoundDemand = {
  id: string;
  status: ConfirmationStatus;
  needed: number;
  /** Who has said yes, in their order. */
  confirmedBy: readonly { actor: ConfirmationActor; at: Date }[];
  expiresAt: Date | null;
  /** Why it was refused: the answerer's own words. */
  reason: string | null;
};

/** How a kind takes part where people ask and answer: in the window, on the customer's page, by `/v1/confirmations`. */
export type KindConfirmations = {
  /** Whether people may ask for a confirmation of this purpose in the window or by the API; all by default. */
  mayAsk?(purpose: string): boolean;
  /** Whether a demand of this purpose is answered and taken back there; all by default. Where not, only the kind's own routes do it. */
  mayAnswer?(purpose: string): boolean;
  /** What is confirmed, as the thing stands now; without it the words of whoever asks are the subject. */
  subject?(tx: ConfirmationTx, ticketId: string, purpose: string): Promise<ConfirmationSubject | undefined>;
  /**
   * A demand of the kind's ticket was settled there. Called in the same transaction, under the ticket's row lock, after the answer and
   * its events are written: the kind moves its own state on.
   */
  settled?(tx: Transaction, settlement: ConfirmationSettlement): Promise<void>;
};

export type ConfirmationSettlement = {
  confirmationId: string;
  ticketId: string;
  purpose: string;
  method: ConfirmationMethod;
  status: "confirmed" | "refused" | "expired";
  actor: ConfirmationActor;
  now: Date;
};
