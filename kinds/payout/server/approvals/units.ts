import { refuse } from "@okno/kit";
import { methodOf } from "../methods.ts";
import { formatMinor, parseMinor } from "../money/decimal.ts";

const kopecks = 2;

function wrong(pointer: string, message: string) {
  return refuse("invalid_request", {}, [{ pointer, message }]);
}

/** Decimals of a sum: of the method, without a method of the rouble. @throws unknown_reference */
function precisionOf(method: string | null, pointer: string): number {
  if (method === null) return kopecks;
  const found = methodOf(method);
  if (!found)
    throw refuse("unknown_reference", {}, [{ pointer: `${pointer}/method`, message: "no such method" }]);
  return found.precision;
}

/** Text of an amount to minor units. @throws unknown_reference for a method there is not, invalid_request for too many decimals */
export function minorOf(
  amount: string | null,
  method: string | null,
  { pointer, field, zeroAllowed = false }: { pointer: string; field: string; zeroAllowed?: boolean },
): string | null {
  const precision = precisionOf(method, pointer);
  if (amount === null) return null;
  const parsed = parseMinor(amount, precision, { zeroAllowed });
  if (!parsed.ok) throw wrong(`${pointer}/${field}`, parsed.why.replaceAll("_", " "));
  return String(parsed.minor);
}

/** And back. */
export function amountText(minor: string, method: string | null): string {
  return formatMinor(BigInt(minor), method === null ? kopecks : (methodOf(method)?.precision ?? kopecks));
}
