import type { ErrorCode } from "@okno/contract";
import { type KindPorts, type Refusal, refuse } from "@okno/kit";
import type { PrepareRefusal } from "../core/prepare.ts";

type Said = { code: ErrorCode; message: string };

const words: Record<PrepareRefusal["why"], Said> = {
  not_a_number: { code: "invalid_request", message: "not a decimal amount" },
  negative: { code: "invalid_request", message: "below zero" },
  zero: { code: "invalid_request", message: "nothing" },
  too_precise: { code: "invalid_request", message: "has more decimals than the method: nothing is rounded" },
  too_large: { code: "invalid_request", message: "too large" },
  unknown_method: { code: "unknown_reference", message: "no such method" },
  disabled: { code: "unknown_reference", message: "the desk does not pay by this method" },
  no_rate: { code: "unknown_reference", message: "no rate is known for this currency" },
  below_minimum: { code: "limit_reached", message: "below the method's smallest amount" },
  above_maximum: { code: "limit_reached", message: "above the method's largest amount" },
  nothing_left: { code: "limit_reached", message: "the commission leaves nothing to receive" },
  destination: { code: "destination_refused", message: "not a destination of this method" },
};

const pointers = { amountCurrency: "/currency" } as Record<string, string>;

/** Why an order cannot be prepared, in the codes of the interface. */
export function refusalOf({ field, why, detail }: PrepareRefusal): Refusal {
  const { code, message } = words[why];
  const extra = detail?.startsWith("extra_") ? "/destinationExtra" : undefined;
  const pointer = extra ?? pointers[field] ?? `/${field}`;
  const details =
    why === "destination" ? { why: detail } : { why, ...(detail !== undefined && { bound: detail }) };
  return refuse(code, details, [{ pointer, message }]);
}

/** @throws invalid_request for an address that will never be called. */
export function requireCallable(
  { outgoing }: Pick<KindPorts, "outgoing">,
  url: string | null | undefined,
  pointer: string,
): void {
  const problem = url ? outgoing.problem(url) : undefined;
  if (problem) throw refuse("invalid_request", { why: problem }, [{ pointer, message: "cannot be called" }]);
}
