/** Every code an API answer may carry: the one table. `docs/errors.md` and the SDK are derived from it. */
export const errorCodes = {
  invalid_request: { status: 400, title: "The request does not have the documented form", retryable: false },
  invalid_json: { status: 400, title: "The body is not valid JSON in UTF-8", retryable: false },
  invalid_cursor: { status: 400, title: "The cursor was not issued by this list", retryable: false },
  unauthenticated: { status: 401, title: "Sign in or send a valid key", retryable: false },
  wrong_credentials: { status: 401, title: "The e-mail address or the password is wrong", retryable: false },
  forbidden: { status: 403, title: "The role or key does not allow this", retryable: false },
  cross_site: { status: 403, title: "The request came from another site", retryable: false },
  not_found: { status: 404, title: "There is no such thing here", retryable: false },
  link_expired: { status: 404, title: "The link was used already or has expired", retryable: false },
  method_not_allowed: { status: 405, title: "The address does not take this method", retryable: false },
  already_claimed: { status: 409, title: "Someone else has taken this ticket", retryable: false },
  action_not_allowed: {
    status: 409,
    title: "The ticket's state does not allow this action",
    retryable: false,
  },
  ticket_moved_on: { status: 409, title: "Something newer was written in this ticket", retryable: false },
  version_conflict: { status: 409, title: "It was changed by someone else meanwhile", retryable: false },
  already_exists: { status: 409, title: "There is one like this already", retryable: false },
  conversation_already_open: {
    status: 409,
    title: "The customer has a newer open conversation",
    retryable: false,
  },
  last_owner: { status: 409, title: "The last owner cannot be removed", retryable: false },
  in_use: { status: 409, title: "It is still in use", retryable: false },
  payload_too_large: { status: 413, title: "The body or file is larger than allowed", retryable: false },
  unsupported_media_type: { status: 415, title: "The content type is not accepted here", retryable: false },
  idempotency_mismatch: {
    status: 422,
    title: "This idempotency key was used with another request",
    retryable: false,
  },
  unknown_reference: {
    status: 422,
    title: "The request names something that does not exist",
    retryable: false,
  },
  limit_reached: { status: 422, title: "A documented limit would be exceeded", retryable: false },
  file_type_refused: { status: 422, title: "Files of this type are not accepted", retryable: false },
  rate_limited: { status: 429, title: "Too many requests", retryable: true },
  internal_error: { status: 500, title: "Something went wrong on our side", retryable: true },
  unavailable: { status: 503, title: "The service cannot answer right now", retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

export type ErrorCode = keyof typeof errorCodes;
