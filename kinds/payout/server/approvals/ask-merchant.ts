import { createHash } from "node:crypto";
import { toPublicId } from "@okno/contract";
import { OutgoingFailed, OutgoingRefused, statement } from "@okno/kit";
import { webhookHeaders } from "@okno/signing";
import { askTimeoutSeconds } from "../../contract-approvals.ts";
import type { PayoutDeps } from "../core/deps.ts";
import { lockPayout } from "../core/move.ts";
import type { PayoutRow } from "../core/row.ts";
import { formatMinor } from "../money/decimal.ts";
import type { ProviderWord } from "../processing/processor.ts";
import type { AskRow } from "./queries.ts";

/** What binds a desk's sealed secret for questions to it. */
export const askSecretContext = (deskId: string) => `payout desk ${deskId} ask secret`;

/** Longer than a question can take: by then an answer has been written down, or whoever asked is gone. */
const inFlightMs = (askTimeoutSeconds + 10) * 1000;
const keptOfResponse = 500;
const system = { kind: "system", id: null } as const;

const findQuestion = statement(
  "payouts.find_question",
  `select d.ask_before_url as url, d.ask_secret as secret, d.login, a.asked_at, a.answer, a.decision
   from payout_desks d left join payout_asks a on a.workspace_id = $1 and a.payout_id = $3
   where d.workspace_id = $1 and d.id = $2`,
);
const insertAsk = statement(
  "payouts.insert_ask",
  `insert into payout_asks (workspace_id, payout_id, asked_at, body_digest) values ($1, $2, $3, $4)
   on conflict (workspace_id, payout_id) do nothing returning 1`,
);
const keepAnswer = statement(
  "payouts.keep_answer",
  `update payout_asks set answered_at = $3, answer = $4, http_status = $5, response = $6
   where workspace_id = $1 and payout_id = $2 and answer is null returning 1`,
);

type Question = Pick<AskRow, "answer" | "decision"> & {
  url: string | null;
  secret: Buffer | null;
  login: string;
  asked_at: Date | null;
};
type Answer = { answer: NonNullable<AskRow["answer"]>; status: number | null; response: string };

const held = (answer: "unclear" | "silent"): ProviderWord => ({
  state: "unknown",
  reference: null,
  why: `merchant_${answer}`,
});

/** What an answer means for the payout; undefined: it may be paid. */
function wordFor(answer: Answer["answer"]): ProviderWord | undefined {
  if (answer === "confirm") return undefined;
  if (answer === "decline") return { state: "failed", reference: null, message: "Declined by the merchant" };
  return held(answer);
}

function questionText(payout: PayoutRow, login: string, now: Date): string {
  const text = (minor: string) => formatMinor(BigInt(minor), payout.scale);
  const { id, reference, method, currency, destination_masked: destination, extra, purpose } = payout;
  const sums = {
    amount: text(payout.amount),
    receive: text(payout.receive),
    commission: text(payout.commission),
    deduction: text(payout.deduction),
  };
  const data = { payout: toPublicId("payout", id), reference, desk: login, method, currency, ...sums };
  return JSON.stringify({
    type: "payout.ask",
    timestamp: now.toISOString(),
    data: { ...data, destination, extra, purpose },
  });
}

/** Only the two words count, and only from an answer that says all is well. */
function readAnswer(status: number, text: string): Answer["answer"] {
  if (status < 200 || status > 299) return "unclear";
  try {
    const { answer } = JSON.parse(text) as { answer?: unknown };
    return answer === "confirm" || answer === "decline" ? answer : "unclear";
  } catch {
    return "unclear";
  }
}

async function post(
  { ports }: PayoutDeps,
  url: string,
  secret: string,
  payout: PayoutRow,
  body: string,
): Promise<Answer> {
  const id = `ask_${toPublicId("payout", payout.id)}`;
  const timestamp = Math.floor(ports.clock.now().getTime() / 1000);
  const headers = {
    "content-type": "application/json",
    ...webhookHeaders([secret], { id, timestamp, body }),
  };
  try {
    const answer = await ports.outgoing.call(url, {
      method: "POST",
      headers,
      body,
      timeoutMs: askTimeoutSeconds * 1000,
      maxBytes: 16_384,
    });
    const response = answer.body.slice(0, keptOfResponse).replaceAll("\0", "");
    return { answer: readAnswer(answer.status, answer.body), status: answer.status, response };
  } catch (error) {
    if (error instanceof OutgoingFailed || error instanceof OutgoingRefused)
      return { answer: "silent", status: null, response: error.why };
    throw error;
  }
}

/** Writes the answer down with its event. The first one counts. */
async function keep(
  deps: PayoutDeps,
  payout: PayoutRow,
  { answer, status, response }: Answer,
): Promise<void> {
  const { ports } = deps;
  await ports.db.transaction(payout.workspace_id, async (tx) => {
    const { ticket } = await lockPayout(deps, tx, payout.id, null);
    const now = ports.clock.now();
    const kept = await tx.query(keepAnswer, [tx.workspaceId, payout.id, now, answer, status, response]);
    if (kept.length === 0) return;
    const data = { payout: toPublicId("payout", payout.id), answer, status };
    await ports.tickets.note(tx, ticket, [{ type: "payout.merchant_answered", actor: system, data }], now);
  });
}

/**
 * Asks the merchant, where the desk wants it, before a payout is handed to its processor. That it is asked is committed first: after a
 * crash it is not asked again, and without an answer a person decides.
 * @returns what holds or ends the payout; undefined: it may be paid.
 */
export async function askMerchant(deps: PayoutDeps, payout: PayoutRow): Promise<ProviderWord | undefined> {
  const { ports } = deps;
  const { workspace_id: workspaceId, id, desk_id: deskId } = payout;
  const db = ports.db.in(workspaceId);
  const [question] = await db.query<Question>(findQuestion, [workspaceId, deskId, id]);
  if (!question || question.decision === "pay") return undefined;
  if (question.answer) return wordFor(question.answer);
  const now = ports.clock.now();
  if (question.asked_at) {
    const left = question.asked_at.getTime() + inFlightMs - now.getTime();
    if (left > 0) return { state: "accepted", reference: null, askAfterMs: left };
    await keep(deps, payout, { answer: "silent", status: null, response: "interrupted" });
    return held("silent");
  }
  if (question.url === null) return undefined;
  if (question.secret === null) throw new Error("a desk asks its merchant and has no secret to sign with");
  const body = questionText(payout, question.login, now);
  const digest = createHash("sha256").update(body).digest();
  const first = await db.query(insertAsk, [workspaceId, id, now, digest]);
  if (first.length === 0) return { state: "accepted", reference: null, askAfterMs: inFlightMs };
  const secret = ports.sealer.open(question.secret, askSecretContext(deskId));
  const said = await post(deps, question.url, secret, payout, body);
  await keep(deps, payout, said);
  return wordFor(said.answer);
}
