import { type Confirmation, type ConfirmationEvidence, maxCodeAttempts, toPublicId } from "@okno/contract";
import { presentActor } from "../journal/index.ts";
import type { Personal } from "./chain.ts";
import type { ConfirmationRow } from "./queries.ts";

const iso = (at: Date | null) => at?.toISOString() ?? null;

function attemptsLeft({ code_hash, attempts, status }: ConfirmationRow): number | null {
  if (status !== "pending") return null;
  return code_hash ? Math.max(0, maxCodeAttempts - attempts) : null;
}

export function presentConfirmation(row: ConfirmationRow): Confirmation {
  const { settled_kind } = row;
  return {
    id: toPublicId("confirmation", row.id),
    ticket: toPublicId("ticket", row.ticket_id),
    project: toPublicId("project", row.project_id),
    method: row.method,
    purpose: row.purpose,
    // Nobody waits for the job that writes it down.
    status: row.late ? "expired" : row.status,
    subject: {
      version: row.subject_version,
      snapshot: row.snapshot,
      hash: row.snapshot_hash.toString("hex"),
    },
    needed: row.needed,
    answers: row.answers,
    askedBy: presentActor({
      actor_kind: row.asked_kind,
      actor_id: row.asked_id,
      actor_name: row.asked_name,
    }),
    contact: row.contact_id && toPublicId("contact", row.contact_id),
    address: row.address,
    delivery: row.delivery,
    message: row.message_id && toPublicId("message", row.message_id),
    secondFactor: row.method === "link" && row.code_required,
    attemptsLeft: attemptsLeft(row),
    createdAt: row.created_at.toISOString(),
    expiresAt: iso(row.expires_at),
    openedAt: iso(row.opened_at),
    settledAt: iso(row.settled_at),
    settledBy:
      settled_kind &&
      presentActor({ actor_kind: settled_kind, actor_id: row.settled_id, actor_name: row.settled_name }),
    reason: row.reason,
  };
}

export type EvidenceRow = {
  seq: number;
  kind: ConfirmationEvidence["kind"];
  actor_kind: ConfirmationRow["asked_kind"];
  actor_id: string | null;
  actor_name: string | null;
  at: Date;
  body: string;
  personal: Personal | null;
  hash: Buffer;
};

export function presentEvidence(row: EvidenceRow, showsPersonal: boolean): ConfirmationEvidence {
  const { seq, kind, at, body, personal, hash } = row;
  return {
    seq,
    kind,
    actor: presentActor(row),
    at: at.toISOString(),
    body,
    personal: showsPersonal ? personal : null,
    hash: hash.toString("hex"),
  };
}
