import { toPublicId } from "@okno/contract";
import { type ConfirmationAnswer, type ConfirmationPort, type NewConfirmation, refuse } from "@okno/kit";
import { type Clock, systemClock } from "../../platform/clock.ts";
import type { Queryable } from "../../platform/database.ts";
import { newId } from "../../platform/ids.ts";
import { bodyOf, chainStart, hashOf, linkHash, type Personal } from "./chain.ts";
import { findDemand } from "./find-demand.ts";
import { type Beaten, happened, supersededBy } from "./happenings.ts";
import { answerDemand, endDemands, issueDemand } from "./statements.ts";

type Tx = Queryable & { readonly workspaceId: string };

/** What only the window's own demands have: whom they are for, and the secrets they carry. */
export type IssueExtras = {
  contactId?: string | null;
  identityId?: string | null;
  locale?: "ru" | "en" | null;
  delivery?: "conversation" | "handed" | null;
  messageId?: string | null;
  sealed?: Buffer | null;
  tokenHash?: Buffer | null;
  codeRequired?: boolean;
  codeHash?: Buffer | null;
  codeMessageId?: string | null;
  codeSealed?: Buffer | null;
  codeExpiresAt?: Date | null;
};
export type AnswerExtras = { id?: string; personal?: Personal };

export type Confirmations = Omit<ConfirmationPort, "issue" | "answer"> & {
  issue(tx: Tx, demand: NewConfirmation, extras?: IssueExtras): ReturnType<ConfirmationPort["issue"]>;
  answer(tx: Tx, answer: ConfirmationAnswer, extras?: AnswerExtras): ReturnType<ConfirmationPort["answer"]>;
  /** Ends demands whose time is over, or that are taken back. */
  end(tx: Tx, end: End): ReturnType<ConfirmationPort["revoke"]>;
  /** The instant by which lateness is decided: null where the database's own clock does. */
  ruling(): Date | null;
};

export type End = {
  ticketId: string;
  purpose?: string;
  id?: string;
  how: "revoked" | "expired";
  actor: NewConfirmation["actor"];
  now: Date;
};

type Verdict = {
  outcome: "settled" | "late" | "changed" | "own" | "again" | "refused" | "won" | "counted";
  id: string;
  status: string;
  subject_version: number;
  snapshot_hash: Buffer;
  settled_at: Date | null;
  needed: number;
  answers: number;
  beaten: Beaten[];
};
type Accepted = Verdict & { outcome: "won" | "counted" | "refused" };

function extraValues(extras: IssueExtras): unknown[] {
  return [
    extras.contactId ?? null,
    extras.identityId ?? null,
    extras.locale ?? null,
    extras.delivery ?? null,
    extras.messageId ?? null,
    extras.sealed ?? null,
    extras.tokenHash ?? null,
    extras.codeRequired ?? false,
    extras.codeHash ?? null,
    extras.codeMessageId ?? null,
    extras.codeSealed ?? null,
    extras.codeExpiresAt ?? null,
    extras.codeHash ? 1 : 0,
  ];
}

/** @throws what stands in the way of the answer. */
function requireAccepted(verdict: Verdict | undefined): asserts verdict is Accepted {
  if (!verdict) throw refuse("not_found");
  const { outcome, status, settled_at, subject_version } = verdict;
  if (outcome === "settled")
    throw refuse(status === "expired" ? "confirmation_expired" : "confirmation_settled", {
      status,
      settledAt: settled_at?.toISOString() ?? null,
    });
  if (outcome === "late") throw refuse("confirmation_expired");
  if (outcome === "changed") throw refuse("subject_changed", { subjectVersion: subject_version });
  if (outcome === "own") throw refuse("own_confirmation");
  if (outcome === "again") throw refuse("already_answered");
}

const events = {
  won: "confirmation.confirmed",
  counted: "confirmation.answered",
  refused: "confirmation.refused",
} as const;

/** Demands and their answers, one statement each, inside the caller's transaction. */
export function createConfirmations(clock: Clock): Confirmations {
  // A clock that was set by hand rules in its process; otherwise the one clock that all processes share does.
  const ruling = () => (clock === systemClock ? null : clock.now());

  const issue: Confirmations["issue"] = async (tx, demand, extras = {}) => {
    const { ticketId, projectId, method, purpose, subject, needed = 1, expiresAt, actor, now } = demand;
    const id = demand.id ?? newId(clock);
    const snapshotHash = hashOf(subject.snapshot);
    const told = { id, method, purpose, subjectVersion: subject.version, snapshotHash };
    const hash = snapshotHash.toString("hex");
    const expires = expiresAt?.toISOString() ?? null;
    const facts = { method, purpose, version: subject.version, hash, needed, expires };
    const body = bodyOf({ kind: "issued", actor, at: now, facts });
    const beatenBody = bodyOf({
      kind: "superseded",
      actor,
      at: now,
      facts: { by: toPublicId("confirmation", id) },
    });
    const beaten = await tx.query<Beaten>(issueDemand, [
      tx.workspaceId,
      id,
      ticketId,
      projectId,
      method,
      purpose,
      subject.version,
      JSON.stringify(subject.snapshot),
      snapshotHash,
      needed,
      actor.kind,
      actor.id,
      ...extraValues(extras),
      now,
      expiresAt,
      body,
      linkHash(chainStart, id, 1, body),
      chainStart,
      beatenBody,
    ]);
    const more = { needed, expiresAt: expires };
    return {
      id,
      happenings: [...supersededBy(actor, beaten, told), happened("confirmation.issued", actor, told, more)],
    };
  };

  const answer: Confirmations["answer"] = async (tx, given, extras = {}) => {
    const { ticketId, purpose, method, actor, subjectVersion, reason, evidence, now } = given;
    const { id: wanted, personal } = extras;
    // The reason is personal words: the chain holds its salted digest with the rest that stands beside.
    const beside = personal && { ...personal, ...(reason !== undefined && { reason }) };
    const facts = { answer: given.answer, ...evidence };
    const body = bodyOf({ kind: "answered", actor, at: now, facts, personal: beside });
    const [verdict] = await tx.query<Verdict>(answerDemand, [
      tx.workspaceId,
      ticketId,
      purpose,
      method,
      given.answer,
      actor.kind,
      actor.id,
      subjectVersion ?? null,
      reason ?? null,
      body,
      now,
      ruling(),
      wanted ?? null,
      bodyOf({ kind: "superseded", actor, at: now, facts: { by: method } }),
      beside ? JSON.stringify(beside) : null,
    ]);
    requireAccepted(verdict);
    const { id, outcome, subject_version, snapshot_hash, beaten } = verdict;
    const told = { id, method, purpose, subjectVersion: subject_version, snapshotHash: snapshot_hash };
    const count = { answers: verdict.answers + (outcome === "refused" ? 0 : 1), needed: verdict.needed };
    const more = verdict.needed > 1 ? count : {};
    return {
      id,
      outcome,
      happenings: [happened(events[outcome], actor, told, more), ...supersededBy(actor, beaten, told)],
    };
  };

  const end: Confirmations["end"] = async (tx, { ticketId, purpose, id, how, actor, now }) => {
    type Row = Beaten & { purpose: string; subject_version: number; snapshot_hash: Buffer };
    const ended = await tx.query<Row>(endDemands, [
      tx.workspaceId,
      ticketId,
      purpose ?? null,
      id ?? null,
      how,
      actor.kind,
      actor.id,
      bodyOf({ kind: how, actor, at: now }),
      now,
      ruling(),
    ]);
    const type = `confirmation.${how}` as const;
    const happenings = ended.map(({ subject_version: subjectVersion, snapshot_hash: snapshotHash, ...row }) =>
      happened(type, actor, { ...row, subjectVersion, snapshotHash }),
    );
    return { happenings };
  };

  return {
    issue,
    answer,
    end,
    ruling,
    find: findDemand,
    revoke: (tx, { ...what }) => end(tx, { ...what, how: "revoked" }),
  };
}
