import { cleanText, toPublicId } from "@okno/contract";
import { Refusal, refuse } from "@okno/kit";
import { statement, type Transaction } from "../../../platform/database.ts";
import { newId } from "../../../platform/ids.ts";
import { appendCustomerMessage } from "../../messages/index.ts";
import { lockAnyTicket, writeChange } from "../../tickets/index.ts";
import { type LockedDemand, lockDemand, requireCurrent } from "../answer.ts";
import { deliveryRouteOf } from "../ask.ts";
import { bodyOf, personal } from "../chain.ts";
import { bondOf, checkCode } from "../code.ts";
import type { ConfirmationDeps } from "../deps.ts";
import { happened } from "../happenings.ts";
import { messagesIn } from "../messages-to-customer.ts";
import type { ConfirmationRow } from "../queries.ts";
import { sayInTicket } from "../say.ts";
import { openDialogueBeside, writeSettlement } from "../settle.ts";
import { addLink } from "../statements.ts";
import { maxQuestion, maxReason, type Notice } from "./draw.ts";

/** What came with the form, and who sent it. */
export type Sent = {
  answer: string;
  form: string;
  reason: string;
  question: string;
  code: string;
  peer: { address: string; userAgent: string };
  /** The browser holds a session of a member: told beside the answer, for a customer's word should be the customer's. */
  staffBrowser: boolean;
};

/** What the page says next: the same question with a notice, or however the demand stands now. */
export type Responded = { notice?: Notice; status?: number };

type Responding = {
  deps: ConfirmationDeps;
  tx: Transaction;
  locked: LockedDemand;
  sent: Sent;
  nonce: Buffer;
  now: Date;
};

const codeMinutes = 10;
/** Codes a demand sends at most. */
const maxCodes = 5;

const told = (row: ConfirmationRow) => ({
  id: row.id,
  method: row.method,
  purpose: row.purpose,
  subjectVersion: row.subject_version,
  snapshotHash: row.snapshot_hash,
});
const contactOf = (row: ConfirmationRow) => ({ kind: "contact", id: row.contact_id }) as const;

async function settle({ deps, tx, locked, sent, now }: Responding, answer: "confirm" | "refuse") {
  const { row, ticket } = locked;
  const actor = contactOf(row);
  const reason = cleanText(sent.reason).trim().slice(0, maxReason);
  const factor = row.code_required && answer === "confirm";
  const { outcome, happenings } = await deps.confirmations.answer(
    tx,
    {
      ticketId: row.ticket_id,
      purpose: row.purpose,
      method: "link",
      answer,
      actor,
      subjectVersion: row.subject_version,
      evidence: { via: "page", secondFactor: factor, staffBrowser: sent.staffBrowser },
      now,
      ...(reason !== "" && answer === "refuse" && { reason }),
    },
    { id: row.id, personal: personal({ ...sent.peer }) },
  );
  const marked = happenings.map((each) =>
    sent.staffBrowser && each.type !== "confirmation.superseded"
      ? { ...each, data: { ...each.data, staffBrowser: true } }
      : each,
  );
  const status = outcome === "refused" ? "refused" : "confirmed";
  await writeSettlement(deps, tx, ticket, { row, status, happenings: marked, actor, now });
}

async function confirm(responding: Responding): Promise<Responded> {
  const { deps, tx, locked, sent } = responding;
  const { row } = locked;
  if (row.code_required) {
    const code = sent.code.replace(/\D/gu, "");
    if (code === "") return { notice: { key: "codeEmpty", bad: true }, status: 422 };
    try {
      const checked = await checkCode(deps, tx, row, code);
      if (!checked.right)
        return {
          notice: { key: "codeWrong", values: { left: checked.attemptsLeft }, bad: true },
          status: 422,
        };
    } catch (error) {
      if (error instanceof Refusal) return { notice: { key: "codeSpent", bad: true }, status: 422 };
      throw error;
    }
  }
  await settle(responding, "confirm");
  return {};
}

/** The question is the customer's message in the ticket, which comes back to the inbox; sent twice it is asked once. */
async function ask({ deps, tx, locked, sent, nonce, now }: Responding): Promise<Responded> {
  const { row, ticket } = locked;
  const question = cleanText(sent.question).trim();
  if (question === "") return { notice: { key: "questionEmpty", bad: true }, status: 422 };
  if (question.length > maxQuestion)
    return { notice: { key: "tooLong", values: { max: maxQuestion }, bad: true }, status: 422 };
  const actor = contactOf(row);
  const beside = personal({ ...sent.peer });
  const body = bodyOf({ kind: "question", actor, at: now, facts: { via: "page" }, personal: beside });
  const added = await tx.query(addLink, [
    tx.workspaceId,
    row.id,
    "question",
    actor.kind,
    actor.id,
    now,
    body,
    JSON.stringify(beside),
    nonce,
  ]);
  if (added.length === 0) return { notice: { key: "questionSaid" } };
  const asked = await writeChange(
    tx,
    ticket,
    ticket,
    [happened("confirmation.question_asked", actor, told(row))],
    now,
  );
  const elsewhere = await openDialogueBeside(tx, asked);
  const target = elsewhere ? await lockAnyTicket(tx, tx.workspaceId, elsewhere) : asked;
  await appendCustomerMessage(deps, tx, target ?? asked, {
    contactId: row.contact_id,
    channelId: null,
    externalId: null,
    body: question,
    actor,
  });
  tx.afterCommit(deps.poke);
  return { notice: { key: "questionSaid" } };
}

const updateCode = statement(
  "confirmations.update_code",
  `update confirmations set code_hash = $3, code_sealed = $4, code_message_id = $5, code_expires_at = $6, codes_sent = codes_sent + 1,
     attempts = 0 where workspace_id = $1 and id = $2 and status = 'pending'`,
);

/** Sends a fresh code by the conversation; the former is worth nothing from now on. */
async function sendCode({ deps, tx, locked, nonce, now }: Responding): Promise<Responded> {
  const { row, ticket } = locked;
  if (!row.code_required || row.codes_sent >= maxCodes)
    return { notice: { key: "codeLimit", bad: true }, status: 429 };
  const route = await deliveryRouteOf(deps, tx, ticket);
  if (!route) return { notice: { key: "codeLimit", bad: true }, status: 422 };
  const secrets = deps.confirmationSecrets;
  const code = secrets.newCode();
  const messageId = newId(deps.clock);
  const actor = { kind: "system", id: null } as const;
  const project = (await deps.catalogs.of(row.workspace_id)).projects.get(row.project_id);
  const body = messagesIn(row.locale ?? project?.locale ?? "ru").factor(ticket.number, codeMinutes);
  const facts = { message: toPublicId("message", messageId) };
  const added = await tx.query(addLink, [
    tx.workspaceId,
    row.id,
    "code_sent",
    actor.kind,
    actor.id,
    now,
    bodyOf({ kind: "code_sent", actor, at: now, facts }),
    null,
    nonce,
  ]);
  if (added.length === 0) return { notice: { key: "codeSaid" } };
  await tx.query(updateCode, [
    tx.workspaceId,
    row.id,
    secrets.codeHash(code, bondOf(row)),
    secrets.sealer.seal(code, row.id),
    messageId,
    new Date(now.getTime() + codeMinutes * 60_000),
  ]);
  await sayInTicket(deps, tx, ticket, { id: messageId, body, route, actor, now }, []);
  tx.afterCommit(deps.poke);
  return { notice: { key: "codeSaid" } };
}

/**
 * One sending of the page's form. What is settled already is no error: the page then says how it stands.
 * @throws subject_changed when the thing is no longer as it was shown.
 */
export async function respond(
  deps: ConfirmationDeps,
  tx: Transaction,
  seen: ConfirmationRow,
  sent: Sent,
): Promise<Responded> {
  const locked = await lockDemand(deps, tx, seen);
  const { row } = locked;
  if (row.status !== "pending" || row.late) return {};
  const shown = {
    confirmationId: row.id,
    subjectVersion: row.subject_version,
    snapshotHash: row.snapshot_hash,
  };
  const nonce = deps.confirmationSecrets.nonceOf(sent.form, shown);
  if (!nonce) return { notice: { key: "onceMore", bad: true }, status: 400 };
  await requireCurrent(deps, tx, locked);
  const responding = { deps, tx, locked, sent, nonce, now: deps.clock.now() };
  switch (sent.answer) {
    case "confirm":
      return confirm(responding);
    case "refuse":
      await settle(responding, "refuse");
      return {};
    case "ask":
      return ask(responding);
    case "code":
      return sendCode(responding);
    default:
      throw refuse("invalid_request");
  }
}

/** The page is in front of somebody: written down once. */
export async function markOpened(
  deps: ConfirmationDeps,
  tx: Transaction,
  seen: ConfirmationRow,
): Promise<void> {
  const { row, ticket } = await lockDemand(deps, tx, seen);
  if (row.status !== "pending" || row.late || row.opened_at) return;
  const now = deps.clock.now();
  const actor = contactOf(row);
  const body = bodyOf({ kind: "opened", actor, at: now });
  await tx.query(addLink, [tx.workspaceId, row.id, "opened", actor.kind, actor.id, now, body, null, null]);
  await writeChange(tx, ticket, ticket, [happened("confirmation.opened", actor, told(row))], now);
  tx.afterCommit(deps.poke);
}
