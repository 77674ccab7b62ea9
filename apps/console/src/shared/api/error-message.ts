import { OknoError } from "@okno/sdk";
import { errorText } from "./messages.ts";

type ErrorKey = Parameters<typeof errorText>[0];

const known: ReadonlySet<string> = new Set<ErrorKey>([
  "invalid_request",
  "wrong_credentials",
  "forbidden",
  "not_found",
  "link_expired",
  "already_claimed",
  "action_not_allowed",
  "ticket_merged",
  "different_contacts",
  "ticket_moved_on",
  "version_conflict",
  "already_exists",
  "conversation_already_open",
  "step_up_required",
  "wrong_code",
  "own_payout",
  "payout_not_created",
  "idempotency_in_flight",
  "quote_expired",
  "insufficient_funds",
  "destination_refused",
  "unavailable",
  "confirmation_settled",
  "confirmation_expired",
  "subject_changed",
  "already_answered",
  "own_confirmation",
  "undeliverable",
  "last_owner",
  "in_use",
  "payload_too_large",
  "unknown_reference",
  "limit_reached",
  "file_type_refused",
  "rate_limited",
]);

/** What went wrong, in the reader's words. */
export function errorMessage(error: unknown): string {
  if (error instanceof TypeError) return errorText("offline");
  if (!(error instanceof OknoError)) return errorText("unknown");
  return errorText(known.has(error.code) ? (error.code as ErrorKey) : "unknown");
}

/** True where the answer carries this code of the contract. */
export function isRefusal(error: unknown, code: OknoError["code"]): error is OknoError {
  return error instanceof OknoError && error.code === code;
}

/** The number a reader can quote to support, where the server gave one. */
export function requestIdOf(error: unknown): string | undefined {
  return error instanceof OknoError ? error.problem?.requestId : undefined;
}
