import {
  type Confirmation,
  type ConfirmationAnswer,
  fromPublicId,
  type routes,
  type SuccessOf,
} from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { lockStanding, type TicketRow, ticketScope } from "../tickets/index.ts";
import { hashOf } from "./chain.ts";
import { checkCode } from "./code.ts";
import type { ConfirmationDeps } from "./deps.ts";
import { presentConfirmation } from "./present.ts";
import { type ConfirmationRow, findAnyConfirmation, findConfirmation } from "./queries.ts";
import { writeSettlement } from "./settle.ts";

export type LockedDemand = { row: ConfirmationRow; ticket: TicketRow };

/** Locks the ticket that stands for the demand's and reads the demand again, under the lock. */
export async function lockDemand(
  { confirmations }: Pick<ConfirmationDeps, "confirmations">,
  tx: Transaction,
  { id, ticket_id }: Pick<ConfirmationRow, "id" | "ticket_id">,
): Promise<LockedDemand> {
  const ticket = await lockStanding(tx, tx.workspaceId, ticket_id);
  const row = await findAnyConfirmation(tx, tx.workspaceId, id, confirmations.ruling());
  if (!ticket || !row) throw refuse("not_found");
  return { ticket, row };
}

/** @throws subject_changed when the thing is no longer as it was shown. */
export async function requireCurrent(
  deps: ConfirmationDeps,
  tx: Transaction,
  { row, ticket }: LockedDemand,
): Promise<void> {
  const subject = await deps.kindConfirmations(ticket.kind)?.subject?.(tx, row.ticket_id, row.purpose);
  if (!subject || row.status !== "pending") return;
  const same = subject.version === row.subject_version && hashOf(subject.snapshot).equals(row.snapshot_hash);
  if (!same) throw refuse("subject_changed", { subjectVersion: subject.version });
}

/** @throws forbidden for a demand that only its kind's own routes answer and take back. */
function requireNotOwn(deps: ConfirmationDeps, { row, ticket }: LockedDemand): void {
  if (deps.kindConfirmations(ticket.kind)?.mayAnswer?.(row.purpose) === false) throw refuse("forbidden");
}

const missing = (pointer: string, message: string) => refuse("invalid_request", {}, [{ pointer, message }]);

/** Who may answer by which method at all. A link is answered by whoever holds it, on its page. */
function requireMethod({ method }: ConfirmationRow, { kind }: Principal, input: ConfirmationAnswer): void {
  if (method === "link") throw refuse("forbidden");
  if (method === "approval" && kind !== "member") throw refuse("forbidden");
  if (method === "api" && kind !== "key") throw refuse("forbidden");
  if (method === "approval" && input.answer === "refuse" && input.reason === undefined)
    throw missing("/reason", "say why");
  if (method === "code" && input.answer === "confirm" && input.code === undefined)
    throw missing("/code", "the code the customer said");
}

type Answered = SuccessOf<(typeof routes)["confirmations"]["answer"]>;

const outcomes = { won: "confirmed", counted: "counted", refused: "refused" } as const;
const statusOf = { won: "confirmed", counted: undefined, refused: "refused" } as const;

async function isWrongCode(
  deps: ConfirmationDeps,
  tx: Transaction,
  row: ConfirmationRow,
  { answer, code }: ConfirmationAnswer,
): Promise<boolean> {
  if (row.method !== "code" || answer !== "confirm" || row.status !== "pending" || row.late) return false;
  return !(await checkCode(deps, tx, row, code ?? "")).right;
}

async function read(deps: ConfirmationDeps, tx: Transaction, id: string): Promise<Confirmation> {
  const row = await findAnyConfirmation(tx, tx.workspaceId, id, deps.confirmations.ruling());
  if (!row) throw refuse("not_found");
  return presentConfirmation(row);
}

/**
 * An answer by a colleague, by a key, or by the code that the customer said. A wrong code is an outcome, not a refusal: it is counted.
 * @throws not_found, forbidden, confirmation_settled, confirmation_expired, subject_changed, already_answered, own_confirmation,
 * limit_reached when a code's attempts are spent.
 */
export async function answerConfirmation(
  deps: ConfirmationDeps,
  tx: Transaction,
  principal: Principal,
  call: { id: string; input: ConfirmationAnswer },
): Promise<Answered> {
  const { input } = call;
  const id = fromPublicId("confirmation", call.id) ?? "";
  const ruling = deps.confirmations.ruling();
  const seen = await findConfirmation(tx, ticketScope(principal), id, ruling);
  if (!seen) throw refuse("not_found");
  requireMethod(seen, principal, input);
  const locked = await lockDemand(deps, tx, seen);
  const { row, ticket } = locked;
  requireNotOwn(deps, locked);
  await requireCurrent(deps, tx, locked);
  if (await isWrongCode(deps, tx, row, input))
    return { outcome: "wrong_code", confirmation: await read(deps, tx, id) };
  const now = deps.clock.now();
  const actor = { kind: principal.kind, id: principal.id };
  const { outcome, happenings } = await deps.confirmations.answer(
    tx,
    {
      ticketId: row.ticket_id,
      purpose: row.purpose,
      method: row.method,
      answer: input.answer,
      actor,
      now,
      evidence: { via: "api", ...(row.method === "code" && { code: input.code !== undefined }) },
      ...(input.subjectVersion !== undefined && { subjectVersion: input.subjectVersion }),
      ...(input.reason !== undefined && { reason: input.reason }),
    },
    { id },
  );
  await writeSettlement(deps, tx, ticket, { row, status: statusOf[outcome], happenings, actor, now });
  return { outcome: outcomes[outcome], confirmation: await read(deps, tx, id) };
}

/** Takes a demand back. @throws not_found, confirmation_settled unless it was taken back before. */
export async function revokeConfirmation(
  deps: ConfirmationDeps,
  tx: Transaction,
  principal: Principal,
  publicId: string,
): Promise<Confirmation> {
  const id = fromPublicId("confirmation", publicId) ?? "";
  const seen = await findConfirmation(tx, ticketScope(principal), id, deps.confirmations.ruling());
  if (!seen) throw refuse("not_found");
  const locked = await lockDemand(deps, tx, seen);
  const { row, ticket } = locked;
  requireNotOwn(deps, locked);
  const now = deps.clock.now();
  const actor = { kind: principal.kind, id: principal.id };
  const settledAt = row.settled_at?.toISOString() ?? null;
  if (row.status === "revoked") return presentConfirmation(row);
  if (row.status !== "pending" || row.late)
    throw refuse("confirmation_settled", { status: row.late ? "expired" : row.status, settledAt });
  const { happenings } = await deps.confirmations.end(tx, {
    ticketId: row.ticket_id,
    id,
    how: "revoked",
    actor,
    now,
  });
  await writeSettlement(deps, tx, ticket, { row, status: undefined, happenings, actor, now });
  return read(deps, tx, id);
}
