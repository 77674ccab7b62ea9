import { type ErrorCode, errorCodes } from "@okno/contract";

/** A refused request: becomes a problem+json answer with this code. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: ErrorCode;
  /** Public facts for the caller: who claimed it, which limit. */
  readonly details: Record<string, unknown>;
  /** Fields at fault, by JSON pointer. */
  readonly fields: readonly { pointer: string; message: string }[];

  constructor(
    code: ErrorCode,
    details: Record<string, unknown> = {},
    fields: readonly { pointer: string; message: string }[] = [],
  ) {
    super(errorCodes[code].title);
    this.code = code;
    this.details = details;
    this.fields = fields;
  }
}

/** `throw refuse("not_found")`: the one way an operation says no. */
export function refuse(
  code: ErrorCode,
  details?: Record<string, unknown>,
  fields?: readonly { pointer: string; message: string }[],
): Refusal {
  return new Refusal(code, details, fields);
}
